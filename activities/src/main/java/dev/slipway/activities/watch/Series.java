package dev.slipway.activities.watch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one label set, oldest first.
 *
 * @param known whose they are, when that was found out already
 */
record Series(
        Map<String, String> labels,
        Samples samples,
        @Nullable Track known) {
    Series {
        labels = Map.copyOf(labels);
    }

    Series(Map<String, String> labels, Samples samples) {
        this(labels, samples, null);
    }

    Series(Map<String, String> labels, List<Sample> samples) {
        this(labels, Samples.of(samples));
    }

    /** The last sample; there is none in a series without samples, and Prometheus sends no such series. */
    Sample newest() {
        return samples.get(samples.size() - 1);
    }

    /** When the last sample was scraped, in milliseconds of the epoch. */
    long newestMillis() {
        return samples.millis(samples.size() - 1);
    }

    /** The value of the last sample. */
    double newestValue() {
        return samples.value(samples.size() - 1);
    }

    /** Whose they are; without the labels nobody's. */
    Track track() {
        return known != null ? known : Track.of(labels);
    }

    /** The label's value, empty when it is not there. */
    String label(String name) {
        return labels.getOrDefault(name, "");
    }
}
