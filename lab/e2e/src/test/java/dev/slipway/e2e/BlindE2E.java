package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Prometheus is away; the budget for that is 3 minutes in the lab's development and 1 minute in its staging. */
@Tag("long")
class BlindE2E {
    @AfterEach
    void repair() {
        Program.allUp();
    }

    @Test
    void twoMinutesWithoutPrometheusHoldARampWhichThenGoesOn() {
        try (Ramp ramp = Ramp.ofPrometheusAlone("blind2", "development", "atLeast: 30s, atMost: 8m", "")) {
            Instant back = Instant.now().plusSeconds(120);
            Eventually.holds("two minutes are over, and nothing has moved", Duration.ofMinutes(3), () -> {
                away();
                assertThat(ramp.service().backends("development")).contains("-canary=50");
                return Instant.now().isAfter(back);
            });
            Shell.of("lab/lab", "up").must();
            Shell.Result released = ramp.end();

            assertThat(released.exit()).as("%s", released).isZero();
            assertThat(ramp.image()).contains(ramp.good().digest());
            assertThat(ramp.failedRequests()).isZero();
        }
    }

    @Test
    void aRampGoesOnWithoutPrometheusAsLongAsThePodsThemselvesTell() {
        try (Ramp ramp = Ramp.of("pods", "development", "atLeast: 40s, atMost: 5m", "")) {
            Eventually.holds(
                    "the watch asks the pods",
                    Duration.ofMinutes(1),
                    () -> Cli.ci().get(ramp.release()).toString().matches("(?s).*\\b[123]\\ds of 40s.*"));
            Eventually.holds("the ramp is passed without Prometheus", Duration.ofMinutes(3), () -> {
                away();
                return Cli.ci().get(ramp.release()).toString().contains("from the pods themselves");
            });
            Shell.of("lab/lab", "up").must();

            assertThat(ramp.end().exit()).isZero();
            assertThat(ramp.image()).contains(ramp.good().digest());
        }
    }

    @Test
    void beyondTheBudgetTheTrafficIsOffTheCanaryIsKeptAndAPersonResumes() {
        try (Ramp ramp = Ramp.ofPrometheusAlone("blind9", "staging", "atLeast: 15s, atMost: 8m", "")) {
            Eventually.holds("the release holds", Duration.ofMinutes(4), () -> {
                away();
                return Cli.ci().get(ramp.release()).path("phase").asText().equals("HOLDING");
            });

            assertThat(ramp.service().backends("staging")).contains("-canary=0");
            assertThat(ramp.hasCanary()).isTrue();
            assertThat(ramp.image()).contains(ramp.before().digest());
            assertThat(Lab.pageIsThere(ramp.release(), "blind")).isTrue();

            Shell.of("lab/lab", "up").must();
            Cli.approver().run("resume", ramp.release(), "--reason", "Prometheus is back");
            Shell.Result released = ramp.end();

            assertThat(released.exit()).as("%s", released).isZero();
            assertThat(ramp.image()).contains(ramp.good().digest());
        }
    }

    /** Also when somebody else on this machine has brought it back meanwhile. */
    private static void away() {
        Program prometheus = Program.lab("prometheus");
        if (prometheus.runs()) {
            prometheus.kill();
        }
    }
}
