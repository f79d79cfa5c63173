package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a release stands on is killed or frozen under it, and comes back. */
@Tag("long")
class LabCutE2E {
    private static final long FROZEN_SECONDS = 15;

    @AfterEach
    void repair() {
        Program.allUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"temporal", "kube-apiserver", "prometheus", "traefik"})
    void aReleaseGoesOnAfterItsSurroundingsWereKilledInARamp(String part) {
        try (Ramp ramp = ramp("cut", part)) {
            Program.lab(part).kill();
            Shell.of("lab/lab", "up").must();
            goesOn(ramp, part);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"temporal", "kube-apiserver", "prometheus", "traefik"})
    void aReleaseGoesOnAfterItsSurroundingsWereFrozenInARamp(String part) {
        try (Ramp ramp = ramp("ice", part)) {
            try (Program.Frozen frozen = Program.lab(part).freeze()) {
                Instant over = Instant.now().plusSeconds(FROZEN_SECONDS);
                Eventually.holds(
                        frozen + " was frozen for " + FROZEN_SECONDS + " s",
                        Duration.ofMinutes(1),
                        () -> Instant.now().isAfter(over));
            }
            goesOn(ramp, part);
        }
    }

    private static Ramp ramp(String prefix, String part) {
        return Ramp.of(
                prefix + part.charAt(0) + part.length(),
                "production",
                "atLeast: 20s, atMost: 5m",
                Stages.soak("8s", 20));
    }

    private static void goesOn(Ramp ramp, String part) {
        Shell.Result released = ramp.end();

        assertThat(released.exit()).as("%s", released).isZero();
        assertThat(ramp.image()).contains(ramp.good().digest());
        assertThat(ramp.service().helmHistory("production", ramp.service().name()))
                .hasSize(2);
        assertThat(ramp.hasCanary()).isFalse();
        assertThat(ramp.service().backends("production")).doesNotContain("canary");
        if (!part.equals("traefik")) {
            assertThat(ramp.failedRequests()).isLessThanOrEqualTo(blindRequests(part));
        }
    }

    /**
     * A gateway that has lost the API server learns late which pods have gone: its watch comes back some seconds after the
     * API server does, and until then it sends to where nobody listens. That is at most five seconds of this traffic.
     */
    private static long blindRequests(String part) {
        return part.equals("kube-apiserver") ? 5 * Ramp.REQUESTS_PER_SECOND : 0;
    }
}
