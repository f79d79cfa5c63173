package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Somebody presses Terminate in the Temporal UI in the middle of a ramp. */
class RecoverE2E {

    @Test
    void aTerminatedStageIsPagedRefusesTheNextReleaseAndIsRecovered() {
        StandIn before = StandIn.built("1.0.0");
        StandIn good = StandIn.built("1.1.0");
        StandIn next = StandIn.built("1.2.0");
        String stages = Stages.canary("development", "", "50%", "").replace("atLeast: 6s", "atLeast: 60s");
        try (Service service = Service.named("gone", stages)) {
            service.baseline("development", before);
            Load load = Load.begin(service.host("development"), 20);
            Shell.Running releasing = Cli.ci().start(service.releaseArguments(good));
            Eventually.holds(
                    "half of the traffic is on the canary",
                    Duration.ofMinutes(2),
                    () -> service.backends("development").contains("-canary=50"));

            terminate(service.name() + ":development");
            releasing.await();
            Shell.Result refused = Cli.ci().run(service.releaseArguments(next));
            assertThat(refused.exit()).as("%s", refused).isEqualTo(18);
            assertThat(refused.out()).contains("slipway recover " + service.name() + " --environment development");
            OnCall.await(service.release("1.1.0"), "orphan", 1);
            assertThat(service.backends("development"))
                    .as("the reaper only looks")
                    .contains("-canary=50");

            Shell.Result stranger = recover(Cli.ci(), service);
            Shell.Result dry = recover(Cli.approver(), service, "--dry-run");
            Shell.Result recovered = recover(Cli.approver(), service, "--reason", "terminated by mistake");
            Shell.Result again = recover(Cli.approver(), service);
            Eventually.holds(
                    "the recovery is on record to its end",
                    Duration.ofSeconds(30),
                    () -> recordOf(service).contains("ENDED"));
            String registry = Cli.ci().run("registry", service.name()).out();
            Shell.Result released = Cli.ci().run(service.releaseArguments(next, "--again"));
            JsonNode counted = load.end();

            assertThat(OnCall.page(service.release("1.1.0"), "orphan")).startsWith("trigger critical");
            assertThat(stranger.exit()).as("%s", stranger).isEqualTo(4);
            assertThat(dry.exit()).as("%s", dry).isZero();
            assertThat(dry.out()).contains("would: HTTPRoute " + service.name() + " back to");
            assertThat(recovered.exit()).as("%s", recovered).isEqualTo(10);
            assertThat(again.exit()).as("%s", again).isEqualTo(5);
            assertThat(recordOf(service))
                    .contains("requested by approver-1: terminated by mistake")
                    .contains("PUT_BACK")
                    .contains("ROUTE RESTORED")
                    .contains("CANARY RESTORED");
            assertThat(registry)
                    .as("nothing of the release that was gone is left open")
                    .contains("ROLLED BACK");
            assertThat(released.exit()).as("%s", released).isZero();
            assertThat(counted.path("failed").asLong()).as("%s", counted).isZero();
            assertThat(service.imageOf("development", service.name())).contains(next.digest());
            assertThat(service.imageOf("development", service.name() + "-canary"))
                    .isEmpty();
        }
    }

    @Test
    void withoutTheLeaseTheMarksInTheClusterAreEnough() {
        StandIn before = StandIn.built("1.0.0");
        StandIn good = StandIn.built("1.1.0");
        String stages = Stages.canary("development", "", "50%", Stages.soak("60s", 20));
        try (Service service = Service.named("lease", stages)) {
            service.baseline("development", before);
            Load load = Load.begin(service.host("development"), 20);
            Shell.Running releasing = Cli.ci().start(service.releaseArguments(good));
            Eventually.holds(
                    "half of the traffic is on the canary",
                    Duration.ofMinutes(2),
                    () -> service.backends("development").contains("-canary=50"));
            terminate(service.name() + ":development");
            releasing.await();
            Lab.kubectl("delete", "lease", "slipway-" + service.name(), "-n", "development")
                    .must();

            Shell.Result recovered = recover(Cli.approver(), service);
            load.end();

            assertThat(recovered.exit()).as("%s", recovered).isEqualTo(10);
            assertThat(service.backends("development").strip()).isEqualTo(service.name() + "=100");
            assertThat(service.imageOf("development", service.name())).contains(before.digest());
            assertThat(service.imageOf("development", service.name() + "-canary"))
                    .isEmpty();
        }
    }

    /** What the audit says below the heading of the recovery, without its line breaks. */
    private static String recordOf(Service service) {
        String audit = Cli.ci().run("audit", service.release("1.1.0")).out();
        int begin = audit.indexOf("attempt 1, recovery");
        return begin < 0 ? "" : audit.substring(begin).replaceAll("\\s+", " ");
    }

    private static Shell.Result recover(Cli cli, Service service, String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "recover";
        arguments[1] = service.name();
        arguments[2] = "--environment";
        arguments[3] = "development";
        System.arraycopy(more, 0, arguments, 4, more.length);
        return cli.run(arguments);
    }

    private static void terminate(String workflow) {
        Shell.of(
                        "temporal",
                        "workflow",
                        "terminate",
                        "--address",
                        Lab.need("TEMPORAL_ADDRESS"),
                        "--workflow-id",
                        workflow,
                        "--reason",
                        "somebody pressed Terminate")
                .must();
    }
}
