package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a release stands on is killed under it, and comes back. */
@Tag("long")
class LabCutE2E {
    @AfterEach
    void repair() {
        Program.allUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"temporal", "kube-apiserver", "prometheus", "traefik"})
    void aReleaseGoesOnAfterItsSurroundingsWereKilledInARamp(String part) {
        String prefix = "cut" + part.charAt(0) + part.length();
        try (Ramp ramp = Ramp.of(prefix, "production", "atLeast: 20s, atMost: 5m", Stages.soak("8s", 20))) {
            Program.lab(part).kill();
            Shell.of("lab/lab", "up").must();
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
    }

    /**
     * A gateway that has lost the API server learns late which pods have gone: its watch comes back some seconds after the
     * API server does, and until then it sends to where nobody listens. That is at most five seconds of this traffic.
     */
    private static long blindRequests(String part) {
        return part.equals("kube-apiserver") ? 5 * Ramp.REQUESTS_PER_SECOND : 0;
    }
}
