package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing in a release waits for those who are told of it, and they miss nothing. */
@Tag("long")
class OutageE2E {
    private static final Duration OUTAGE = Duration.ofMinutes(10);
    /** Who was away is asked again after five minutes at the latest. */
    private static final Duration CATCHING_UP = Duration.ofMinutes(7);

    @Test
    @Timeout(value = 35, unit = TimeUnit.MINUTES)
    void aReleaseGoesOnWithoutSlackPagerDutyAndPostgresqlAndTheyHearOfEverythingOnce() {
        String stages = Stages.canary("production", Stages.approve(), "50%", Stages.soak("8s", 50));
        StandIn before = StandIn.built("1.0.0");
        StandIn good = StandIn.built("1.1.0");
        try (Service service = Service.named("outage", stages)) {
            String release = service.release("1.1.0");
            service.baseline("production", before);
            Load load = Load.begin(service.host("production"), 50);
            Shell.Running releasing = Cli.ci().start(service.releaseArguments(good));
            JsonNode ask = Workspace.asked(release, 1);

            Instant begun = Instant.now();
            Program.slipway("records").kill();
            OnCall.away();
            Shell.Result approve;
            Shell.Result released;
            try (Program.Frozen slack = Program.slipway("slack").freeze()) {
                approve = Cli.approver().run("approve", release);
                released = releasing.await();
                load.end();
                try (Stuck stuck = Stuck.without("outstuck")) {
                    lasts(begun);
                    slack.thaw();
                    OnCall.back();
                    Shell.of("lab/slipway", "up").must();

                    Eventually.holds(
                            "the page has come",
                            CATCHING_UP,
                            () -> !OnCall.page(stuck.release(), "stuck").isEmpty());
                    stuck.restorePriorRevision();
                    Cli.approver().run("retry-undo", stuck.release(), "--reason", "the revision is there again");
                    Cli.ci().awaitOutcome(stuck.release(), "ROLLED_BACK", Duration.ofMinutes(2));
                    OnCall.await(stuck.release(), "stuck", 2);

                    assertThat(OnCall.turnedAway(stuck.release())).as("tries").isGreaterThan(2);
                    assertThat(OnCall.page(stuck.release(), "stuck")).containsExactly("trigger critical", "resolve");
                    assertToldOnce(stuck.release(), "ROLLED_BACK");
                    assertOnRecord(stuck.release(), "ROLLED_BACK", List.of());
                }
            } finally {
                OnCall.back();
            }

            assertThat(approve.exit()).as("%s", approve).isZero();
            assertThat(released.exit())
                    .as("it ended while all were away: %s", released)
                    .isZero();
            assertThat(service.imageOf("production", service.name())).contains(good.digest());
            assertToldOnce(release, "PROMOTED");
            assertThat(Workspace.messages(release, "ask")).as("one question").hasSize(1);
            assertThat(Workspace.value(Workspace.now(ask))).as("its buttons").isEmpty();
            Eventually.holds(
                    "the change has come",
                    CATCHING_UP,
                    () -> !OnCall.changes(release).isEmpty());
            assertThat(OnCall.changes(release)).hasSize(1).first().asString().contains("was promoted in production");
            assertOnRecord(release, "PROMOTED", List.of("approver-1"));
        }
    }

    private static void lasts(Instant begun) {
        Eventually.holds(
                "an outage of " + OUTAGE,
                OUTAGE.plusMinutes(5),
                () -> Instant.now().isAfter(begun.plus(OUTAGE)));
    }

    private static void assertToldOnce(String release, String outcome) {
        Eventually.holds(
                "Slack knows how " + release + " ended",
                CATCHING_UP,
                () -> Workspace.messages(release, "release").stream()
                        .anyMatch(message -> message.path("text").asText().contains(outcome)));
        List<JsonNode> roots = Workspace.messages(release, "release");
        assertThat(roots).as("one message").hasSize(1);
        assertThat(Workspace.thread(roots.get(0)).stream()
                        .map(message -> message.path("metadata").toString()))
                .as("what is told in its thread")
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    /** All of it is kept, once, in order. */
    private static void assertOnRecord(String release, String outcome, List<String> approvers) {
        Eventually.holds(
                "the records know how " + release + " ended",
                CATCHING_UP,
                () -> audit(release).stream()
                        .anyMatch(fact -> kind(fact, "ENDED")
                                && fact.path("environment").asText("").isEmpty()
                                && fact.path("details").path("outcome").asText().equals(outcome)));
        List<JsonNode> facts = audit(release);
        assertThat(facts.stream().map(fact -> fact.path("number").asInt()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, facts.size()).boxed().toList());
        assertThat(facts.stream()
                        .filter(fact -> kind(fact, "DECIDED"))
                        .map(fact -> fact.path("details").path("by").asText()))
                .containsExactlyElementsOf(approvers);
        assertThat(facts.stream().map(OutageE2E::said)).as("no fact twice").doesNotHaveDuplicates();
        assertVerified(release);
    }

    private static void assertVerified(String release) {
        try {
            Path export = Files.createTempFile("slipway-e2e", ".jsonl");
            Files.writeString(export, Cli.ci().run("audit", "export", release).out());
            Shell.Result verified = Cli.ci().run("audit", "verify", export.toString());
            assertThat(verified.exit()).as("%s", verified).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String said(JsonNode fact) {
        return fact.path("at").asText() + " " + fact.path("kind").asText() + " "
                + fact.path("environment").asText("") + " " + fact.path("what").asText();
    }

    private static boolean kind(JsonNode fact, String kind) {
        return fact.path("kind").asText().equals(kind);
    }

    private static List<JsonNode> audit(String release) {
        Shell.Result answer = Cli.ci().run("audit", release, "-o", "json");
        return answer.exit() != 0
                ? List.of()
                : StreamSupport.stream(Cli.json(answer).path("facts").spliterator(), false)
                        .toList();
    }
}
