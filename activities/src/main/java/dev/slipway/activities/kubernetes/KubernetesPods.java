package dev.slipway.activities.kubernetes;

import dev.slipway.activities.watch.PodAddress;
import dev.slipway.activities.watch.PodList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The pods of some Helm releases that ask to be scraped by the annotations {@code prometheus.io/scrape}, {@code /port},
 * {@code /path} and {@code /scheme}. Needs list on pods in the namespace.
 */
public final class KubernetesPods implements PodList {
    private static final String INSTANCE = "app.kubernetes.io/instance";
    private static final String WISH = "prometheus.io/";
    private static final String RUNNING = "Running";

    /** What the API server has at hand: a little old, but no load on its store. */
    private static final ListOptions AT_HAND =
            new ListOptionsBuilder().withResourceVersion("0").build();

    private final KubernetesClient client;
    private final String namespace;
    private final Set<String> releases;

    /** Lists for some releases of a namespace. */
    public static BiFunction<String, Set<String>, PodList> of(KubernetesClient client) {
        return (namespace, releases) -> new KubernetesPods(client, namespace, releases);
    }

    KubernetesPods(KubernetesClient client, String namespace, Set<String> releases) {
        this.client = client;
        this.namespace = namespace;
        this.releases = Set.copyOf(releases);
    }

    @Override
    public List<PodAddress> now() {
        return client
                .pods()
                .inNamespace(namespace)
                .withLabelIn(INSTANCE, releases.toArray(String[]::new))
                .list(AT_HAND)
                .getItems()
                .stream()
                .filter(pod -> releases.contains(release(pod)))
                .flatMap(pod -> address(pod).stream())
                .toList();
    }

    private static String release(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(INSTANCE, "");
    }

    private static Optional<PodAddress> address(Pod pod) {
        String ip = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        Map<String, String> wishes = pod.getMetadata().getAnnotations();
        if (ip == null || wishes == null || !RUNNING.equals(pod.getStatus().getPhase())) {
            return Optional.empty();
        }
        String port = wishes.getOrDefault(WISH + "port", "");
        if (!"true".equals(wishes.get(WISH + "scrape")) || !port.matches("\\d{1,5}")) {
            return Optional.empty();
        }
        String scheme = "https".equals(wishes.get(WISH + "scheme")) ? "https" : "http";
        URI metrics = uri(scheme, ip, Integer.parseInt(port), wishes.getOrDefault(WISH + "path", ""));
        return Optional.of(new PodAddress(
                pod.getMetadata().getNamespace(), pod.getMetadata().getName(), release(pod), metrics));
    }

    /** The parts are quoted, so that no annotation leads to another host. */
    private static URI uri(String scheme, String ip, int port, String path) {
        String absolute = path.isEmpty() ? "/metrics" : path.startsWith("/") ? path : "/" + path;
        try {
            return new URI(scheme, null, ip, port, absolute, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no address of a pod: " + ip, e);
        }
    }
}
