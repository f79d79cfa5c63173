package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;

/** The contract, kept by asking Prometheus. */
class PrometheusContractTest extends CounterSourceContract {
    private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final FakePrometheus prometheus = new FakePrometheus();
    private final Map<String, Pod> pods = new LinkedHashMap<>();

    private record Pod(String release, List<String> lines, boolean isWell) {}

    @AfterEach
    void close() {
        prometheus.close();
    }

    @Override
    CounterSource source() {
        return new PrometheusClient(prometheus.uri());
    }

    @Override
    Instant now() {
        return prometheus.now();
    }

    @Override
    void advance(Duration by) {
        prometheus.advance(by);
    }

    @Override
    void says(String pod, String release, String... lines) {
        pods.put(pod, new Pod(release, List.of(lines), true));
    }

    @Override
    void fails(String pod) {
        pods.computeIfPresent(pod, (name, was) -> new Pod(was.release(), List.of(), false));
    }

    @Override
    void scrape() {
        pods.forEach((name, pod) -> {
            pod.lines().forEach(line -> store(name, pod, line));
            store(name, pod, "up " + (pod.isWell() ? 1 : 0));
        });
    }

    private void store(String name, Pod pod, String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException(line);
        }
        List<String> labels = new ArrayList<>(
                List.of("namespace", NAMESPACE, "pod", name, "app_kubernetes_io_instance", pod.release()));
        Matcher label = LABEL.matcher(parts.group(2) == null ? "" : parts.group(2));
        while (label.find()) {
            labels.addAll(List.of(label.group(1), label.group(2)));
        }
        double value = Double.parseDouble(parts.group(3).replace("Inf", "Infinity"));
        prometheus.scrape(parts.group(1), value, labels.toArray(String[]::new));
    }
}
