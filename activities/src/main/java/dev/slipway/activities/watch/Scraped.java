package dev.slipway.activities.watch;

import java.util.Map;

/** One value that a pod exposes, with the labels that the pod itself gives it. */
record Scraped(String metric, Map<String, String> labels, double value) {
    Scraped {
        labels = Map.copyOf(labels);
    }
}
