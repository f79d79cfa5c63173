package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** helm dies in the middle of what it does, and what it left pending is seen by the next one. */
@Tag("long")
class HelmCutE2E {

    @Test
    void aHelmThatIsKilledMidUpgradeIsFollowedByOneThatFinishes() {
        StandIn before = StandIn.built("1.0.0");
        StandIn good = StandIn.built("1.1.0");
        try (Service service = Service.named("midup", Stages.rolling("development", Stages.CHECK))) {
            service.baseline("development", before);
            Shell.Running releasing = Cli.ci().start(service.releaseArguments(good));

            FrozenHelm.during("upgrade", Program.slipway("worker-development"), service, "development")
                    .kill();
            Shell.Result released = releasing.await();

            assertThat(released.exit()).as("%s", released).isZero();
            assertThat(service.imageOf("development", service.name())).contains(good.digest());
            assertThat(service.locked("development")).isFalse();
            assertThat(deployed(service)).isEqualTo(1);
        }
    }

    @Test
    void aHelmThatIsKilledMidRollbackIsFollowedByOneThatPutsBack() {
        StandIn before = StandIn.built("1.0.0");
        StandIn bad = StandIn.built("1.4.0", "CRASH_AFTER=0s", "CRASH_MESSAGE=no-such-model");
        try (Service service = Service.named("midback", Stages.rolling("development", ""))) {
            service.baseline("development", before);
            Shell.Running releasing = Cli.ci().start(service.releaseArguments(bad));

            FrozenHelm.during("rollback", Program.slipway("worker-development"), service, "development")
                    .kill();
            Shell.Result released = releasing.await();

            assertThat(released.exit()).as("%s", released).isEqualTo(10);
            assertThat(service.imageOf("development", service.name())).contains(before.digest());
            assertThat(service.locked("development")).isFalse();
            assertThat(deployed(service)).isEqualTo(1);
        }
    }

    private static long deployed(Service service) {
        long deployed = 0;
        for (JsonNode revision : service.helmHistory("development", service.name())) {
            deployed += revision.path("status").asText().equals("deployed") ? 1 : 0;
        }
        return deployed;
    }
}
