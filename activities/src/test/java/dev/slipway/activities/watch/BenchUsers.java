package dev.slipway.activities.watch;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Users at a constant rate, who remember when the canary failed them. */
final class BenchUsers implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final NavigableSet<Long> bad = new ConcurrentSkipListSet<>();
    private final HttpRequest request;

    /** With no rate there are none: somebody else sends, such as {@code lab/load}. */
    BenchUsers(URI gateway, String host, int rate) {
        request = HttpRequest.newBuilder(gateway.resolve("/v1/completions"))
                .header("Host", host)
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"is it up\"}"))
                .build();
        if (rate > 0) {
            clock.scheduleAtFixedRate(this::ask, 0, 1_000_000 / rate, TimeUnit.MICROSECONDS);
        }
    }

    private void ask() {
        http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).thenAccept(answer -> {
            boolean canary = answer.headers().firstValue("X-Pod").orElse("").contains("-canary-");
            if (canary && answer.statusCode() >= 500) {
                bad.add(System.nanoTime());
            }
        });
    }

    /** When the first bad answer came after a moment. */
    long firstBad(long since) {
        Long first = bad.ceiling(since);
        return first == null ? Long.MAX_VALUE : first;
    }

    /** How many bad answers there were. */
    int badSince(long since) {
        return bad.tailSet(since).size();
    }

    /** From now on the canary's pods fail this share of what they get. */
    void fail(KubernetesClient cluster, String namespace, double share) throws IOException, InterruptedException {
        for (Pod pod : cluster.pods()
                .inNamespace(namespace)
                .withLabel("app", "detect-canary")
                .list()
                .getItems()) {
            HttpRequest fault = HttpRequest.newBuilder(
                            URI.create("http://" + pod.getStatus().getPodIP() + ":8001/admin/faults"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"errorRate\":" + share + "}"))
                    .build();
            int status =
                    http.send(fault, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IOException("the canary takes no faults: " + status);
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
