package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.watch.PodAddress;
import dev.slipway.activities.watch.PodList;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesPodsTest {
    private final MockCluster cluster = new MockCluster();
    private final PodList pods = new KubernetesPods(cluster.client(), "production", Set.of("web", "web-canary"));

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void listsTheRunningPodsOfBothTracksThatWantToBeScraped() {
        pod("stable-1", "web", "Running", "10.0.0.1", wish("8000", "/m"));
        pod("canary-1", "web-canary", "Running", "10.0.0.2", wish("8000", ""));
        pod("pending", "web", "Pending", "10.0.0.3", wish("8000", ""));
        pod("placeless", "web", "Running", null, wish("8000", ""));
        pod("other", "other", "Running", "10.0.0.4", wish("8000", ""));
        pod("silent", "web", "Running", "10.0.0.5", Map.of("prometheus.io/port", "8000"));
        pod("against", "web", "Running", "10.0.0.6", with(wish("8000", ""), "prometheus.io/scrape", "false"));
        pod("unclear", "web", "Running", "10.0.0.7", wish("http", ""));
        pod("plain", "web", "Running", "10.0.0.8", Map.of());

        assertThat(pods.now())
                .containsExactlyInAnyOrder(
                        new PodAddress("production", "stable-1", "web", URI.create("http://10.0.0.1:8000/m")),
                        new PodAddress(
                                "production", "canary-1", "web-canary", URI.create("http://10.0.0.2:8000/metrics")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "10.0.0.1, metrics, http://10.0.0.1:80/metrics",
        "10.0.0.1, //evil.example/x, http://10.0.0.1:80//evil.example/x",
        "10.0.0.1, @evil.example/x, http://10.0.0.1:80/@evil.example/x",
        "10.0.0.1, /a?b#c d, http://10.0.0.1:80/a%3Fb%23c%20d",
        "fd00::7, /metrics, http://[fd00::7]:80/metrics"
    })
    void noPathLeadsToAnotherHost(String ip, String path, String uri) {
        pod("a", "web", "Running", ip, wish("80", path));

        assertThat(pods.now()).singleElement().satisfies(pod -> {
            assertThat(pod.metrics()).hasToString(uri);
            assertThat(pod.metrics().getHost()).contains(ip);
        });
    }

    @Test
    void aPodMayWantToBeAskedInSecret() {
        pod("a", "web", "Running", "10.0.0.1", with(wish("443", ""), "prometheus.io/scheme", "https"));

        assertThat(pods.now())
                .extracting(PodAddress::metrics)
                .containsExactly(URI.create("https://10.0.0.1:443/metrics"));
    }

    private static Map<String, String> wish(String port, String path) {
        Map<String, String> wish = Map.of("prometheus.io/scrape", "true", "prometheus.io/port", port);
        return path.isEmpty() ? wish : with(wish, "prometheus.io/path", path);
    }

    private static Map<String, String> with(Map<String, String> wishes, String name, String value) {
        Map<String, String> more = new HashMap<>(wishes);
        more.put(name, value);
        return more;
    }

    private void pod(String name, String release, String phase, String ip, Map<String, String> annotations) {
        cluster.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("production")
                        .addToLabels("app.kubernetes.io/instance", release)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withNewStatus()
                        .withPhase(phase)
                        .withPodIP(ip)
                        .endStatus()
                        .build())
                .create();
    }
}
