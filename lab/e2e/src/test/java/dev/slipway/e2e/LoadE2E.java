package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A stage that nobody uses: what a soak sees comes from the Jobs that the pipeline names. */
class LoadE2E {
    private static final String SOAK =
            "{ soak: { healthyFor: %s, atMost: 5m, slos: [errors, latency], minRequests: %d, load: { job: '{service}-load-test' } } }";

    @Test
    void aQuietStagePassesItsSoakByItsLoadAndNothingOfThatIsLeft() {
        StandIn good = StandIn.built("1.1.0");
        String stages = Stages.rolling("development", SOAK.formatted("15s", 200));
        try (Service service = Service.named("quiet", stages)) {
            service.sendsItsOwnLoad();
            Shell.Running releasing = Cli.ci().start(service.releaseArguments(good));
            Eventually.holds(
                    "a Job sends requests",
                    Duration.ofMinutes(2),
                    () -> !service.loadJobs("development").isEmpty());

            Shell.Result released = releasing.await();

            assertThat(released.exit()).as("%s", released).isZero();
            assertThat(Cli.json(released).path("outcome").asText()).isEqualTo("PROMOTED");
            assertThat(service.loadJobs("development")).isEmpty();
            Eventually.holds(
                    "its pods are gone",
                    Duration.ofSeconds(30),
                    () -> service.loadPods("development").isEmpty());
            assertThat(service.suspended("development")).isEqualTo("true");
        }
    }

    @Test
    void workersThatAreKilledInTheSoakLeaveOneJobAndInTheEndNone() {
        StandIn good = StandIn.built("1.1.0");
        String stages = Stages.rolling("development", SOAK.formatted("40s", 400));
        try (Service service = Service.named("killed", stages)) {
            service.sendsItsOwnLoad();
            Shell.Running releasing = Cli.ci().start(service.releaseArguments(good));
            Eventually.holds(
                    "a Job sends requests",
                    Duration.ofMinutes(2),
                    () -> !service.loadJobs("development").isEmpty());
            String before = service.loadJobs("development");

            Program.slipway("worker-development").kill();
            Program.slipway("worker-control").kill();
            assertThat(service.loadJobs("development"))
                    .as("it goes on meanwhile")
                    .isEqualTo(before);
            Program.allUp();
            Shell.Result released = releasing.await();

            assertThat(released.exit()).as("%s", released).isZero();
            assertThat(before).as("one Job").doesNotContain("\n");
            assertThat(service.loadJobs("development")).isEmpty();
        }
    }

    @Test
    void aLoadThatFailsIsToldBesideTheSoakAndGoneAfterAnAbort() {
        StandIn before = StandIn.built("1.0.0");
        StandIn good = StandIn.built("1.1.0");
        String stages = Stages.rolling("development", SOAK.formatted("60s", 10000));
        try (Service service = Service.named("mute", stages)) {
            service.baseline("development", before);
            service.sendsItsOwnLoad("--no-such-flag");
            Shell.Running releasing = Cli.ci().start(service.releaseArguments(good));

            Eventually.holds(
                    "the failing load is told",
                    Duration.ofMinutes(3),
                    () -> soak(Cli.ci().get(service.release("1.1.0")))
                            .startsWith("the load Job " + service.name()
                                    + "-load-test fails: BackoffLimitExceeded: Job has reached the specified backoff limit"
                                    + " (exit code 2)"));
            Shell.Result abort = Cli.approver().run("abort", service.release("1.1.0"), "--reason", "no load");
            Shell.Result released = releasing.await();

            assertThat(abort.exit()).as("%s", abort).isZero();
            assertThat(released.exit()).as("%s", released).isEqualTo(15);
            assertThat(service.loadJobs("development")).isEmpty();
            assertThat(service.imageOf("development", service.name())).contains(before.digest());
        }
    }

    @Test
    void aSoakWithoutItsCronJobIsRefusedBeforeAnythingIsTouched() {
        StandIn before = StandIn.built("1.0.0");
        StandIn good = StandIn.built("1.1.0");
        try (Service service = Service.named("noload", Stages.rolling("development", SOAK.formatted("10s", 10)))) {
            service.baseline("development", before);

            Shell.Result released = Cli.ci().run(service.releaseArguments(good));

            assertThat(released.exit()).as("%s", released).isNotZero();
            assertThat(released.out())
                    .contains("REFUSED")
                    .contains("CronJob " + service.name()
                            + "-load-test, which a soak names as its load, is neither in the chart nor in namespace"
                            + " development");
            assertThat(service.helmHistory("development", service.name())).hasSize(1);
        }
    }

    private static String soak(JsonNode view) {
        for (JsonNode stage : view.path("stages")) {
            for (JsonNode step : stage.path("steps")) {
                if (step.path("name").asText().equals("soak")) {
                    return step.path("reason").asText();
                }
            }
        }
        return "";
    }
}
