package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.kubernetes.KubernetesPods;
import dev.slipway.activities.kubernetes.MockCluster;
import dev.slipway.model.Objective;
import dev.slipway.model.Slo;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DirectScrapeTest {
    private static final Slo ERRORS =
            new Slo.Ratio("errors", "requests{code=~\"5..\"}", "requests", Objective.parse("99%"));

    @Test
    void scrapesThePodsOfTheCluster() throws Exception {
        try (MockCluster cluster = new MockCluster();
                FakePods pods = new FakePods()) {
            pods.says("metrics", "requests{code=\"200\"} 5\n");
            create(cluster, pods.run("metrics", "web", "requests{code=\"200\"} 5\n"));
            CountDownLatch scraped = pods.expect(2);
            DirectScrape direct = new DirectScrape(KubernetesPods.of(cluster.client()), Duration.ofMillis(20));
            PodScrapes scrapes = direct.of("production", Set.of("web"), List.of(ERRORS), InstantSource.system());

            try (Rhythm rhythm = direct.begin(scrapes)) {
                assertThat(scraped.await(120, TimeUnit.SECONDS)).isTrue();
            }

            assertThat(scrapes.latest(Selector.parse("requests"), scrapes.now()))
                    .singleElement()
                    .satisfies(series -> assertThat(series.label("code")).isEqualTo("200"));
        }
    }

    private static void create(MockCluster cluster, PodAddress pod) {
        cluster.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(pod.pod())
                        .withNamespace(pod.namespace())
                        .addToLabels("app.kubernetes.io/instance", pod.release())
                        .withAnnotations(Map.of(
                                "prometheus.io/scrape",
                                "true",
                                "prometheus.io/port",
                                Integer.toString(pod.metrics().getPort())))
                        .endMetadata()
                        .withNewStatus()
                        .withPhase("Running")
                        .withPodIP(pod.metrics().getHost())
                        .endStatus()
                        .build())
                .create();
    }
}
