package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.kubernetes.KubernetesPods;
import dev.slipway.activities.kubernetes.LabCluster;
import dev.slipway.model.Objective;
import dev.slipway.model.Slo;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real pods, asked by us and by the lab's Prometheus: both must tell the same. */
@Tag("lab")
class LabPodScrapesTest {
    private static final String IMAGE = "test/podinfo:6.9.2";
    private static final int PORT = 9898;
    private static final int REQUESTS = 37;
    private static final Selector COUNT = Selector.parse("http_request_duration_seconds_count{path=\"root\"}");
    private static final Slo LATENCY =
            new Slo.Latency("latency", "http_request_duration_seconds{path=\"root\"}", 0.5, Objective.parse("99%"));

    private LabCluster lab;

    @BeforeEach
    void start() throws Exception {
        LabCluster.importPodinfo(IMAGE);
        lab = LabCluster.orSkip();
    }

    @AfterEach
    void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void podsTellThemselvesWhatPrometheusTellsOfThem() throws Exception {
        run("stable-1", "web");
        Pod canary = run("canary-1", "web-canary");
        PrometheusClient prometheus = new PrometheusClient(URI.create(LabCluster.env("PROMETHEUS_URL")));
        DirectScrape direct = new DirectScrape(KubernetesPods.of(lab.client()), Duration.ofSeconds(1));
        PodScrapes scrapes =
                direct.of(lab.namespace(), Set.of("web", "web-canary"), List.of(LATENCY), InstantSource.system());
        try (Rhythm rhythm = direct.begin(scrapes)) {
            await(() -> scrapes.covers(scrapes.now()));
            request(canary, 1);
            Selector scoped = COUNT.with("namespace", lab.namespace()).with("app_kubernetes_io_instance", "web-canary");
            await(() -> counted(scrapes, scoped) == 1 && counted(prometheus, scoped) == 1);
            Instant begin = scrapes.now();
            request(canary, REQUESTS);
            await(() -> counted(scrapes, scoped) == 1 + REQUESTS && counted(prometheus, scoped) == 1 + REQUESTS);

            assertThat(scrapes.gap(begin)).isEmpty();
            assertThat(labels(scrapes, scoped)).isEqualTo(labels(prometheus, scoped));
            assertThat(bounds(scrapes)).isNotEmpty().isEqualTo(bounds(prometheus));
            assertThat(rise(scrapes, scoped))
                    .isEqualTo(rise(prometheus, scoped))
                    .isEqualTo(REQUESTS);
            assertThat(labels(scrapes, up()))
                    .isEqualTo(labels(prometheus, up()))
                    .hasSize(2);
        }
    }

    private Selector up() {
        return Selector.parse("up").with("namespace", lab.namespace());
    }

    private static double counted(CounterSource source, Selector selector) throws PrometheusException {
        return source.latest(selector, source.now()).stream()
                .mapToDouble(series -> series.samples().get(0).value())
                .sum();
    }

    private static double rise(CounterSource source, Selector selector) throws PrometheusException {
        Instant now = source.now();
        Window window = new Window(Instant.EPOCH, now, Instant.EPOCH, Optional.empty());
        return new Counters(source.samples(selector, Duration.ofMinutes(2), now), window).rise();
    }

    /** Without the job, which is a matter of Prometheus's configuration. */
    private static Set<Map<String, String>> labels(CounterSource source, Selector selector) throws PrometheusException {
        return source.latest(selector, source.now()).stream()
                .map(series -> {
                    Map<String, String> labels = new HashMap<>(series.labels());
                    labels.remove("job");
                    return labels;
                })
                .collect(Collectors.toSet());
    }

    private Set<Double> bounds(CounterSource source) throws PrometheusException {
        Selector buckets = Metrics.of(LATENCY).part().orElseThrow().with("namespace", lab.namespace());
        return source.latest(buckets, source.now()).stream()
                .map(series -> Double.parseDouble(series.label("le").replace("Inf", "Infinity")))
                .collect(Collectors.toSet());
    }

    private Pod run(String name, String release) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(lab.namespace())
                .addToLabels("app.kubernetes.io/instance", release)
                .addToAnnotations("prometheus.io/scrape", "true")
                .addToAnnotations("prometheus.io/port", Integer.toString(PORT))
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("podinfo")
                .withImage(LabCluster.env("REGISTRY") + "/" + IMAGE)
                .endContainer()
                .endSpec()
                .build();
        lab.client().resource(pod).create();
        return lab.client()
                .pods()
                .inNamespace(lab.namespace())
                .withName(name)
                .waitUntilCondition(p -> p != null && p.getStatus().getPodIP() != null, 60, TimeUnit.SECONDS);
    }

    private static void request(Pod pod, int times) throws Exception {
        HttpRequest root = HttpRequest.newBuilder(
                        URI.create("http://" + pod.getStatus().getPodIP() + ":" + PORT + "/"))
                .build();
        HttpClient http = HttpClient.newHttpClient();
        await(() -> answers(http, root));
        for (int i = 1; i < times; i++) {
            assertThat(answers(http, root)).isTrue();
        }
    }

    private static boolean answers(HttpClient http, HttpRequest root) throws InterruptedException {
        try {
            return http.send(root, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.call()) {
            assertThat(Instant.now()).as("a minute is enough").isBefore(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }
}
