package dev.slipway.activities.watch;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * A pod that wants to be scraped.
 *
 * @param release the Helm release it belongs to, its label {@code app.kubernetes.io/instance}
 * @param metrics where it says what it counts
 */
public record PodAddress(String namespace, String pod, String release, URI metrics) {
    /** The label that holds the metric's name. */
    static final String NAME = "__name__";

    /**
     * The labels that Prometheus gives a series of this pod: what the pod says of its own place is renamed, so that it
     * cannot speak for another release. Those that only a Prometheus's configuration knows, as {@code job}, are not there.
     */
    Map<String, String> labels(String metric, Map<String, String> said) {
        Map<String, String> place = Map.of(
                "namespace", namespace,
                "pod", pod,
                "app_kubernetes_io_instance", release,
                "instance", metrics.getAuthority());
        Map<String, String> labels = new HashMap<>();
        said.forEach((label, value) -> labels.put(place.containsKey(label) ? "exported_" + label : label, value));
        labels.putAll(place);
        labels.put(NAME, metric);
        return Map.copyOf(labels);
    }
}
