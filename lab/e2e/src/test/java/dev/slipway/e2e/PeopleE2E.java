package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PeopleE2E {

    @Test
    void anAbortInARampTakesTheTrafficOffAtOnce() {
        StandIn before = StandIn.built("1.0.0");
        StandIn good = StandIn.built("1.1.0");
        String stages = Stages.canary("development", "", "50%", "").replace("atLeast: 6s", "atLeast: 90s");
        try (Service service = Service.named("abort", stages)) {
            service.baseline("development", before);
            Load load = Load.begin(service.host("development"), 20);
            Shell.Running releasing = Cli.ci().start(service.releaseArguments(good));
            service.awaitShare("development", 50);

            Instant asked = Instant.now();
            Shell.Result abort = Cli.approver().run("abort", service.release("1.1.0"), "--reason", "wrong one");
            Eventually.holds(
                    "no traffic on the canary",
                    Duration.ofSeconds(10),
                    () -> !service.backends("development").contains("-canary=50"));
            System.out.printf(
                    "abort to weight 0, with the CLI's own start: %d ms%n",
                    Duration.between(asked, Instant.now()).toMillis());
            Shell.Result released = releasing.await();
            load.end();

            assertThat(abort.exit()).as("%s", abort).isZero();
            assertThat(released.exit()).as("%s", released).isEqualTo(15);
            assertThat(service.imageOf("development", service.name() + "-canary"))
                    .isEmpty();
        }
    }

    @Test
    void aRejectionTouchesNothingAndTheRequestersVoteIsRefusedWithASentence() {
        StandIn before = StandIn.built("1.0.0");
        StandIn good = StandIn.built("1.1.0");
        try (Service service = Service.named("reject", Stages.canary("development", Stages.approve(), "50%", ""))) {
            service.baseline("development", before);
            String release = service.release("1.1.0");
            Shell.Running releasing = Cli.approver().start(service.releaseArguments(good));
            Cli.ci().awaitPhase(release, "WAITING", Duration.ofMinutes(5));

            Shell.Result own = Cli.approver().run("approve", release);
            Shell.Result stranger = Cli.ci().run("approve", release);
            Shell.Result reject = Cli.approver2().run("reject", release, "--reason", "not on a Friday");
            Shell.Result released = releasing.await();

            assertThat(own.exit()).as("%s", own).isIn(4, 5);
            assertThat(own.err()).contains("requested " + release + " and may not decide on it");
            assertThat(stranger.exit()).as("%s", stranger).isEqualTo(4);
            assertThat(reject.exit()).as("%s", reject).isZero();
            assertThat(released.exit()).as("%s", released).isEqualTo(11);
            assertThat(released.out()).contains("not on a Friday");
            assertThat(service.helmHistory("development", service.name())).hasSize(1);
        }
    }

    @Test
    void theSameSubmissionAttachesAndOtherDigestsAreRefused() {
        StandIn good = StandIn.built("1.1.0");
        StandIn other = StandIn.built("1.1.0", "LATENCY=6ms");
        try (Service service = Service.named("attach", Stages.canary("development", Stages.approve(), "50%", ""))) {
            String release = service.release("1.1.0");
            Shell.Result first = Cli.ci().run(service.releaseArguments(good, "--detach"));
            Shell.Result again = Cli.ci().run(service.releaseArguments(good, "--detach"));
            Shell.Result different = Cli.ci().run(service.releaseArguments(other, "--detach"));
            Cli.approver().run("abort", release, "--reason", "end of the test");

            assertThat(first.exit()).as("%s", first).isZero();
            assertThat(again.exit()).as("%s", again).isZero();
            assertThat(Cli.json(again).path("attempt").asInt()).isEqualTo(1);
            assertThat(different.exit()).as("%s", different).isEqualTo(5);
            assertThat(different.err()).contains("digest");
        }
    }

    @Test
    void aSecondVersionWaitsForTheSlot() {
        StandIn first = StandIn.built("1.0.0");
        StandIn second = StandIn.built("1.1.0");
        try (Service service = Service.named("slot", Stages.rolling("development", Stages.approve()))) {
            Cli.ci().run(service.releaseArguments(first, "--detach"));
            Cli.ci().awaitPhase(service.release("1.0.0"), "WAITING", Duration.ofMinutes(5));

            Cli.ci().run(service.releaseArguments(second, "--detach"));
            Cli.ci().awaitPhase(service.release("1.1.0"), "QUEUED", Duration.ofMinutes(1));
            String running = service.imageOf("development", service.name());
            Cli.approver().run("approve", service.release("1.0.0"));
            Cli.ci().awaitPhase(service.release("1.1.0"), "WAITING", Duration.ofMinutes(5));
            Cli.approver().run("approve", service.release("1.1.0"));
            Cli.ci().awaitOutcome(service.release("1.1.0"), "PROMOTED", Duration.ofMinutes(1));

            assertThat(running).contains(first.digest());
            assertThat(service.imageOf("development", service.name())).contains(second.digest());
        }
    }
}
