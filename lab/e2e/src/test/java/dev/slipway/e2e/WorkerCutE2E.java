package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers that die, and workers that come back from the dead. */
@Tag("long")
class WorkerCutE2E {
    private static final String BOUNDS = "atLeast: 15s, atMost: 3m";

    @Test
    void theControlWorkerIsKilledInARampAndTheReleaseGoesOn() {
        goesOnAfterAKillOf("worker-control", "killctl");
    }

    @Test
    void productionsWorkerIsKilledInARampAndTheReleaseGoesOn() {
        goesOnAfterAKillOf("worker-production", "killprod");
    }

    private static void goesOnAfterAKillOf(String worker, String prefix) {
        try (Ramp ramp = Ramp.of(prefix, "production", BOUNDS, "")) {
            Program.slipway(worker).kill();
            Shell.of("lab/slipway", "up").must();
            Shell.Result released = ramp.end();

            assertThat(released.exit()).as("%s", released).isZero();
            assertThat(ramp.failedRequests()).isZero();
            assertThat(ramp.image()).contains(ramp.good().digest());
            assertThat(ramp.service().helmHistory("production", ramp.service().name()))
                    .hasSize(2);
            assertThat(ramp.hasCanary()).isFalse();
        }
    }

    @Test
    void aControlWorkerThatWasFrozenComesBackToAReleaseThatIsOverAndChangesNothing() {
        Program worker = Program.slipway("worker-control");
        try (Ramp ramp = Ramp.of("icectl", "production", BOUNDS, "");
                Program.Twin other = worker.twin()) {
            Shell.Result released;
            try (Program.Frozen frozen = worker.freeze()) {
                released = ramp.end();
            }
            Shell.of("lab/slipway", "up").must();

            assertThat(released.exit()).as("%s", released).isZero();
            assertThat(other.process().isAlive()).isTrue();
            assertThat(ramp.image()).contains(ramp.good().digest());
            assertThat(ramp.service().helmHistory("production", ramp.service().name()))
                    .hasSize(2);
        }
    }

    @Test
    void aFrozenWorkerAndItsFrozenHelmChangeNothingWhenTheyComeBackAfterAnotherHasTakenOver() {
        Program worker = Program.slipway("worker-production");
        try (Ramp ramp = Ramp.of("iceprod", "production", BOUNDS, "")) {
            Service service = ramp.service();
            // the other worker comes after that, or it may be the one that runs helm
            FrozenHelm helm = FrozenHelm.during("upgrade", worker, service, "production");
            try (Program.Frozen frozen = worker.freeze();
                    Program.Twin other = worker.twin()) {
                Shell.Result released = ramp.end();
                String story = service.helmHistory("production", service.name()).toString();
                frozen.thaw();
                helm.thaw();
                Eventually.holds("the helm that was frozen has ended", Duration.ofMinutes(2), helm::ended);

                assertThat(released.exit()).as("%s", released).isZero();
                assertThat(other.process().isAlive()).isTrue();
                assertThat(service.helmHistory("production", service.name())).hasToString(story);
                assertThat(ramp.image()).contains(ramp.good().digest());
                assertThat(service.locked("production")).isFalse();
                assertThat(service.backends("production")).doesNotContain("canary");
            }
        }
    }
}
