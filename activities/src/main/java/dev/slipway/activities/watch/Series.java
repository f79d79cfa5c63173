package dev.slipway.activities.watch;

import java.util.List;
import java.util.Map;

/** The samples of one label set, oldest first. */
record Series(Map<String, String> labels, List<Sample> samples) {
    Series {
        labels = Map.copyOf(labels);
        samples = List.copyOf(samples);
    }

    /** The last sample; there is none in a series without samples, and Prometheus sends no such series. */
    Sample newest() {
        return samples.get(samples.size() - 1);
    }

    /** The label's value, empty when it is not there. */
    String label(String name) {
        return labels.getOrDefault(name, "");
    }
}
