package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Actor;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LimitsTest {
    private static final Actor CI = new Actor("ci", Set.of("ci"));
    private static final Actor OTHER = new Actor("other", Set.of("ci"));
    private static final Actor WORKER = new Actor("worker", Set.of("workers"));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Hand clock = new Hand();
    private final Limits limits = new Limits(new LimitSettings(2, 20, 3, 1, 2), authorization(), meters, clock);

    @TempDir
    private Path folder;

    @Test
    void aCallerThatAsksTooOftenWaitsAndNobodyElseDoes() {
        for (int i = 0; i < 8; i++) {
            limits.request(CI);
        }

        assertThatThrownBy(() -> limits.request(CI)).hasMessage("ci has asked for more than 2 things a second");
        assertThatCode(() -> limits.request(OTHER)).doesNotThrowAnyException();
        clock.pass(Duration.ofMillis(499));
        assertThatThrownBy(() -> limits.request(CI)).isInstanceOf(Refusal.class);
        clock.pass(Duration.ofMillis(1));
        assertThatCode(() -> limits.request(CI)).doesNotThrowAnyException();
        assertThat(refused("requests")).isEqualTo(2);
    }

    @Test
    void aWorkerHasMore() {
        for (int i = 0; i < 80; i++) {
            limits.request(WORKER);
        }

        assertThatThrownBy(() -> limits.request(WORKER)).isInstanceOf(Refusal.class);
    }

    @Test
    void whoStartsTooOftenIsToldWhenTheNextOneIsTaken() {
        for (int i = 0; i < 3; i++) {
            limits.start(CI);
        }

        assertThatThrownBy(() -> limits.start(CI)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.status().value()).isEqualTo(429);
            assertThat(refusal.headers().getFirst("Retry-After")).isEqualTo("1200");
        });
        clock.pass(Duration.ofMinutes(20));
        assertThatCode(() -> limits.start(CI)).doesNotThrowAnyException();
    }

    @Test
    void theHttpApiSaysSoWithAProblemAndLetsOthersIn() throws Exception {
        try (Installation installation = Installation.wholeWith(
                folder,
                "--slipway.starter.limits.starts=1",
                "--slipway.starter.limits.feeds=1",
                "--slipway.starter.limits.failures=2")) {
            Api ci = installation.as("ci");
            byte[] bundle = Installation.bundle(folder, "podinfo", "a: 1\n");
            assertThat(ci.start(bundle, Api.request("1.0.0")).status()).isEqualTo(202);

            Api.Answer second = ci.start(bundle, Api.request("1.0.1"));
            assertThat(second.status()).isEqualTo(429);
            assertThat(second.problem()).isEqualTo("too-many-requests");
            assertThat(second.detail()).isEqualTo("ci has handed in more than 1 release in an hour");
            assertThat(Integer.parseInt(
                            second.raw().headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 3600);
            assertThat(ci.get("/api/v1/releases/podinfo@1.0.1").status()).isEqualTo(404);
            assertThat(installation
                            .as("approver-1")
                            .start(bundle, Api.request("1.0.0"))
                            .status())
                    .isEqualTo(202);

            oneFeedAtATime(installation);
            failures(installation);
            assertThat(new String(ci.get("/actuator/prometheus").raw().body(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("slipway_limits_refused_total{limit=\"starts\"}");
        }
    }

    private static void oneFeedAtATime(Installation installation) throws Exception {
        Api approver = installation.as("approver-1");
        approver.awaitPhase("podinfo@1.0.0", "WAITING");
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest follow = HttpRequest.newBuilder(installation.address("/api/v1/releases/podinfo@1.0.0/events"))
                .header("Authorization", "Bearer ci")
                .build();
        try (InputStream first =
                http.send(follow, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            assertThat(first.read()).isPositive();
            HttpResponse<String> second = http.send(follow, HttpResponse.BodyHandlers.ofString());
            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(second.body()).contains("ci follows 1 release already");

            assertThat(approver.post("/api/v1/releases/podinfo@1.0.0/abort", "{}")
                            .status())
                    .isEqualTo(200);
            assertThat(first.readAllBytes()).isNotEmpty();
        }
        // it has ended for its reader before it has for the server
        for (int i = 0; i < 3000 && again(http, follow) == 429; i++) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(again(http, follow)).isEqualTo(200);
    }

    private static int again(HttpClient http, HttpRequest follow) throws Exception {
        return http.send(follow, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static void failures(Installation installation) {
        Api nobody = installation.as("a guess");
        assertThat(nobody.get("/api/v1/environments").status()).isEqualTo(401);
        assertThat(nobody.get("/api/v1/environments").status()).isEqualTo(401);

        assertThat(nobody.get("/api/v1/environments").status()).isEqualTo(429);
        assertThat(installation.as("ci").get("/api/v1/environments").status()).isEqualTo(200);
    }

    @Test
    void aLimitOfNothingIsRefused() {
        Map<String, String> properties = new HashMap<>(Map.of("slipway.starter.limits.starts", "0"));

        assertThatThrownBy(() -> new Binder(new MapConfigurationPropertySource(properties))
                        .bindOrCreate("slipway.starter.limits", LimitSettings.class))
                .rootCause()
                .hasMessageContaining("slipway.starter.limits.starts is 0: give at least 1");
    }

    private double refused(String limit) {
        return meters.get("slipway.limits.refused")
                .tag("limit", limit)
                .counter()
                .count();
    }

    private static Authorization authorization() {
        Map<String, String> properties = new HashMap<>(Map.of(
                "slipway.starter.data-dir", "/data",
                "slipway.starter.environments[0].name", "production",
                "slipway.starter.grants[0].group", "workers",
                "slipway.starter.grants[0].verbs", "fetch"));
        return new Authorization(new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("slipway.starter", StarterSettings.class));
    }

    private static final class Hand implements TimeMeter {
        private long nanos;

        void pass(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
