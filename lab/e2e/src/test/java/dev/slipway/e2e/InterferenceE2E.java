package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A person acts where a release is at work: theirs stays, ours goes, somebody is called. */
class InterferenceE2E {

    @Test
    void aHelmUpgradeByHandInARampEndsTheReleaseAndStays() {
        StandIn theirs = StandIn.built("9.9.9");
        try (Ramp ramp = Ramp.of("byhelm", "development", "atLeast: 90s, atMost: 5m", "")) {
            ramp.service().baseline("development", theirs);
            Shell.Result released = ramp.end();

            assertThat(released.exit()).as("%s", released).isEqualTo(17);
            assertThat(ramp.image()).contains(theirs.digest());
            assertThat(ramp.hasCanary()).isFalse();
            assertThat(ramp.service().backends("development")).doesNotContain("canary");
            assertThat(Lab.pageIsThere(ramp.release(), "interfered")).isTrue();
        }
    }

    @Test
    void anEditOfTheDeploymentInTheSoakEndsTheReleaseAndStays() {
        StandIn theirs = StandIn.built("9.9.9");
        String image = Lab.need("REGISTRY") + "/model-server:9.9.9@" + theirs.digest();
        String soak = Stages.soak("2m", 10).replace("atMost: 3m", "atMost: 6m");
        try (Ramp ramp = Ramp.of("byedit", "development", "atLeast: 6s, atMost: 2m", soak)) {
            String name = ramp.service().name();
            Eventually.holds(
                    "it soaks",
                    Duration.ofMinutes(2),
                    () -> !ramp.hasCanary() && ramp.image().contains(ramp.good().digest()));
            Lab.kubectl("set", "image", "deployment/" + name, "-n", "development", "*=" + image)
                    .must();
            Shell.Result released = ramp.end();

            assertThat(released.exit()).as("%s", released).isEqualTo(17);
            assertThat(released.out()).contains("kubectl");
            assertThat(ramp.image()).isEqualTo(image);
            assertThat(Lab.pageIsThere(ramp.release(), "interfered")).isTrue();
        }
    }
}
