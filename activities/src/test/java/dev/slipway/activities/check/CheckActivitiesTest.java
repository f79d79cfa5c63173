package dev.slipway.activities.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.activities.kubernetes.MockCluster;
import dev.slipway.model.Backend;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Gate;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.Check;
import dev.slipway.workflows.api.CheckOrder;
import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckActivitiesTest {
    private final MockCluster cluster = new MockCluster();
    private final Queue<Reply> replies = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> heartbeats = new ArrayList<>();
    private HttpServer server;
    private Check check;

    /** What the service answers once; the last one is repeated. */
    private record Reply(int status, String body, String location) {}

    @BeforeEach
    void aServiceWhoseClusterIpIsThisHost() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        service("podinfo", "127.0.0.1");
        check = new CheckActivities(cluster.client(), Duration.ofMillis(1), heartbeats::add);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        cluster.close();
    }

    @Test
    void passesOnTheExpectedStatusAndTextAndKeepsTheAnswerAsEvidence() {
        replies.add(new Reply(200, "{\"version\":\"6.9.2\"}", ""));

        Verdict verdict = check.http(order(get("/version?full=1", Optional.of("6.9.2"))));

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(verdict.evidence().get(0).detail())
                .contains("GET /version?full=1 of podinfo:", "status 200: {\"version\":\"6.9.2\"}", " ms");
        assertThat(requests).containsExactly("GET /version?full=1 ");
    }

    @Test
    void postsTheBodyAsJson() {
        replies.add(new Reply(201, "ok", ""));

        Verdict verdict = check.http(order(new Gate.HttpCheck(
                "smoke", "POST", "/v1", Optional.of("{}"), 201, Optional.empty(), Duration.ofSeconds(5))));

        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
        assertThat(requests).containsExactly("POST /v1 application/json {}");
    }

    @Test
    void triesAgainUntilTheAnswerIsGood() {
        replies.add(new Reply(503, "loading", ""));
        replies.add(new Reply(200, "almost", ""));
        replies.add(new Reply(200, "ready", ""));

        assertThat(check.http(order(get("/", Optional.of("ready"))))).isInstanceOf(Verdict.Passed.class);
        assertThat(requests).hasSize(3);
        assertThat(heartbeats).hasSize(2).first().asString().contains("status 503: loading");
    }

    @Test
    void failsWithTheLastAnswerAsOneShortLineWithoutControlCharacters() {
        replies.add(new Reply(500, "\u001b[31mboom\u0007\n" + "x".repeat(5000), ""));

        Verdict verdict = check.http(order(new Gate.HttpCheck(
                "smoke", "GET", "/", Optional.empty(), 200, Optional.empty(), Duration.ofMillis(1))));

        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.reason())
                .startsWith("GET / of podinfo:")
                .contains("was to be answered with status 200; the last of 1 try gave status 500: [31mboom xxx")
                .hasSizeLessThan(400)
                .doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void doesNotFollowARedirect() {
        replies.add(new Reply(302, "", "http://127.0.0.1:1/elsewhere"));

        Verdict verdict = check.http(order(new Gate.HttpCheck(
                "smoke", "GET", "/", Optional.empty(), 200, Optional.empty(), Duration.ofMillis(1))));

        assertThat(verdict.reason()).contains("status 302, empty");
    }

    @Test
    void readsOnlyTheBeginningOfAHugeAnswer() {
        replies.add(new Reply(200, "y".repeat(300_000) + "end", ""));

        Verdict verdict = check.http(order(new Gate.HttpCheck(
                "smoke", "GET", "/", Optional.empty(), 200, Optional.of("end"), Duration.ofMillis(1))));

        assertThat(verdict.reason()).contains("containing 'end'", "status 200: yyy");
    }

    @Test
    void aRefusedConnectionIsAFailedVerdictAndNoException() {
        server.stop(0);

        Verdict verdict = check.http(order(new Gate.HttpCheck(
                "smoke", "GET", "/", Optional.empty(), 200, Optional.empty(), Duration.ofMillis(1))));

        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.reason()).contains("ConnectException");
    }

    @Test
    void aHeadlessServiceAndAnAbsentOneAreToldAtOnce() {
        service("headless", "None");

        assertThatThrownBy(() -> check.http(order("headless", get("/", Optional.empty()))))
                .isInstanceOf(ApplicationFailure.class)
                .hasMessageContaining("no cluster IP");
        assertThatThrownBy(() -> check.http(order("nobody", get("/", Optional.empty()))))
                .isInstanceOf(ApplicationFailure.class)
                .hasMessageContaining("Service production/nobody does not exist");
    }

    @Test
    void aPathCannotNameAnotherHost() {
        assertThatThrownBy(() -> check.http(order(get("@evil.example/", Optional.empty()))))
                .isInstanceOf(ApplicationFailure.class)
                .hasMessageContaining("must begin with one slash");
        assertThatThrownBy(() -> check.http(order(get("/a b", Optional.empty()))))
                .isInstanceOf(ApplicationFailure.class)
                .hasMessageContaining("is no URL path");
    }

    private Gate.HttpCheck get(String path, Optional<String> contains) {
        return new Gate.HttpCheck("smoke", "GET", path, Optional.empty(), 200, contains, Duration.ofSeconds(30));
    }

    private CheckOrder order(Gate.HttpCheck gate) {
        return order("podinfo", gate);
    }

    private CheckOrder order(String service, Gate.HttpCheck gate) {
        int port = server.getAddress().getPort();
        return new CheckOrder(
                new HelmTarget(new EnvironmentName("production"), "production", "podinfo"),
                new Backend(service, port),
                gate);
    }

    private void service(String name, String clusterIp) {
        cluster.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("production")
                        .endMetadata()
                        .withNewSpec()
                        .withClusterIP(clusterIp)
                        .addNewPort()
                        .withPort(server.getAddress().getPort())
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + (type == null ? "" : type + " ") + body);
            Reply reply = replies.size() > 1 ? replies.remove() : replies.element();
            if (!reply.location().isEmpty()) {
                exchange.getResponseHeaders().add("Location", reply.location());
            }
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
