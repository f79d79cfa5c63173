package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BadReleaseE2E {

    @Test
    void errorsInTheFirstRampAreUndoneAndStableIsUntouched() {
        StandIn before = StandIn.built("1.0.0");
        StandIn bad = StandIn.built("1.2.0", "ERROR_RATE=0.2");
        try (Service service = Service.named("bad", Stages.canary("development", "", "5%, 50%", ""))) {
            service.baseline("development", before);
            Load load = Load.begin(service.host("development"), 50);

            Shell.Result released = Cli.ci().run(service.releaseArguments(bad));
            JsonNode counted = load.end();

            assertThat(released.exit()).as("%s", released).isEqualTo(10);
            JsonNode view = Cli.json(released);
            assertThat(view.path("outcome").asText()).isEqualTo("ROLLED_BACK");
            assertThat(view.path("reason").asText()).startsWith("ramp 5%: errors");
            double failed = 100.0
                    * counted.path("failed").asLong()
                    / counted.path("requests").asLong();
            System.out.printf(
                    "bad in a ramp: %.2f%% of %d requests failed%n",
                    failed, counted.path("requests").asLong());
            System.out.printf(
                    "bad in a ramp: the canary's last answer came at most %d s after its 20th%n",
                    load.secondsFrom(20, bad.version()));
            assertThat(failed).isLessThanOrEqualTo(1.5);
            assertThat(service.backends("development")).isEqualTo(service.name() + "=1");
            assertThat(service.imageOf("development", service.name() + "-canary"))
                    .isEmpty();
            assertThat(service.imageOf("development", service.name())).contains(before.digest());
            assertThat(service.helmHistory("development", service.name())).hasSize(1);
        }
    }

    @Test
    void aSlowVersionIsUndone() {
        StandIn before = StandIn.built("1.0.0");
        StandIn slow = StandIn.built("1.3.0", "DELAY_RATE=0.5", "DELAY=3s");
        try (Service service = Service.named("slow", Stages.canary("development", "", "25%", ""))) {
            service.baseline("development", before);
            Load load = Load.begin(service.host("development"), 30);

            Shell.Result released = Cli.ci().run(service.releaseArguments(slow));
            load.end();

            assertThat(released.exit()).as("%s", released).isEqualTo(10);
            assertThat(Cli.json(released).path("reason").asText()).startsWith("ramp 25%: latency");
            assertThat(service.imageOf("development", service.name())).contains(before.digest());
        }
    }

    @Test
    void aVersionThatCannotStartFailsWithThePodsOwnWordsAndDevelopmentIsBack() {
        StandIn before = StandIn.built("1.0.0");
        StandIn crashing = StandIn.built("1.4.0", "CRASH_AFTER=0s", "CRASH_MESSAGE=no-such-model");
        try (Service service = Service.named("crash", Stages.rolling("development", ""))) {
            service.baseline("development", before);

            Shell.Result released = Cli.ci().run(service.releaseArguments(crashing));

            assertThat(released.exit()).as("%s", released).isEqualTo(10);
            assertThat(Cli.json(released).path("reason").asText()).contains("CrashLoopBackOff");
            assertThat(Cli.ci().get(service.release("1.4.0")).toString()).contains("no-such-model");
            assertThat(service.imageOf("development", service.name())).contains(before.digest());
        }
    }

    @Test
    void aVersionThatRunsButIsNeverReadyFailsWithItsProbesAnswer() {
        StandIn before = StandIn.built("1.0.0");
        StandIn never = StandIn.built("1.5.0", "NEVER_READY=true");
        try (Service service = Service.named("never", Stages.rolling("development", ""))) {
            service.baseline("development", before);

            Shell.Result released = Cli.ci().run(service.releaseArguments(never));

            assertThat(released.exit()).as("%s", released).isEqualTo(10);
            assertThat(Cli.json(released).toString()).contains("503");
            assertThat(service.imageOf("development", service.name())).contains(before.digest());
        }
    }

    @Test
    void aFirstEverInstallThatNeverGetsReadyIsUninstalledAndItsEvidenceKept() {
        StandIn crashing = StandIn.built("1.4.0", "CRASH_AFTER=0s", "CRASH_MESSAGE=no-such-model");
        try (Service service = Service.named("first", Stages.rolling("development", ""))) {
            Shell.Result released = Cli.ci().run(service.releaseArguments(crashing));

            assertThat(released.exit()).as("%s", released).isEqualTo(10);
            assertThat(Cli.json(released).toString()).contains("no-such-model");
            assertThat(service.helmHistory("development", service.name())).isEmpty();
        }
    }

    @Test
    void aBreachAfterPromotionRestoresThePriorRevision() {
        StandIn before = StandIn.built("1.0.0");
        StandIn bad = StandIn.built("1.2.0", "ERROR_RATE=0.5");
        String stages = Stages.rolling("development", Stages.soak("20s", 40));
        try (Service service = Service.named("late", stages)) {
            service.baseline("development", before);
            Load load = Load.begin(service.host("development"), 20);

            Shell.Result released = Cli.ci().run(service.releaseArguments(bad));
            load.end();

            assertThat(released.exit()).as("%s", released).isEqualTo(10);
            assertThat(Cli.json(released).path("reason").asText()).startsWith("soak: errors");
            assertThat(service.imageOf("development", service.name())).contains(before.digest());
            JsonNode story = service.helmHistory("development", service.name());
            assertThat(story).hasSize(3);
            assertThat(story.get(2).path("description").asText()).contains("undo-to=1");
        }
    }

    @Test
    void aCanaryThatGetsOnlyProbesIsInconclusiveAndHolds() {
        StandIn before = StandIn.built("1.0.0");
        StandIn good = StandIn.built("1.1.0");
        String stages = Stages.canary("development", "", "5%", "").replace("atMost: 2m", "atMost: 10s");
        try (Service service = Service.named("idle", stages)) {
            service.baseline("development", before);

            Shell.Running releasing = Cli.ci().start(service.releaseArguments(good));
            Cli.ci().awaitPhase(service.release("1.1.0"), "HOLDING", Duration.ofMinutes(2));
            JsonNode holding = Cli.ci().get(service.release("1.1.0"));
            Cli.approver().run("abort", service.release("1.1.0"), "--reason", "nobody uses it");
            Shell.Result released = releasing.await();

            assertThat(holding.toString()).contains("INCONCLUSIVE");
            assertThat(released.exit()).as("%s", released).isEqualTo(15);
            assertThat(service.backends("development")).isEqualTo(service.name() + "=1");
        }
    }
}
