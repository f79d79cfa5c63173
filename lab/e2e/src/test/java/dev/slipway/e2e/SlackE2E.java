package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Approvals as people give them, and everything that looks like one; in the lab's Slack. */
class SlackE2E {
    private static final String TWO_VOTES = "{ approve: { group: deployers, votes: 2, within: 10m } }";
    private static final String STAGES = Stages.canary("production", TWO_VOTES, "50%", Stages.soak("8s", 50));

    @Test
    void twoPeopleApproveByModalAndNothingElseDecides() {
        StandIn before = StandIn.built("1.0.0");
        StandIn other = StandIn.built("1.1.0", "LATENCY=6ms");
        StandIn good = StandIn.built("1.1.0");
        try (Service service = Service.named("slack", STAGES)) {
            String release = service.release("1.1.0");
            service.baseline("production", before);
            Cli.approver().run(service.releaseArguments(other, "--detach"));
            JsonNode old = Workspace.asked(release, 1);
            JsonNode oldModal = Workspace.modal(Workspace.BOB, old);
            Cli.approver2().run("abort", release, "--reason", "other digests");
            Cli.ci().awaitOutcome(release, "ABORTED", Duration.ofMinutes(1));

            Load load = Load.begin(service.host("production"), 50);
            Shell.Running releasing = Cli.approver().start(service.releaseArguments(good, "--again"));
            JsonNode ask = Workspace.asked(release, 2);
            double forgedBefore = forged();
            List<Workspace.Answer> answers = new ArrayList<>();

            answers.add(Workspace.click(Workspace.ANN, old, "release.approve"));
            answers.add(Workspace.submit(Workspace.BOB, oldModal, "seen"));
            answers.add(Workspace.click(Workspace.STRANGER, ask, "release.approve"));
            answers.add(Workspace.submit(Workspace.REQUESTER, Workspace.modal(Workspace.REQUESTER, ask), "mine"));
            JsonNode annsModal = Workspace.modal(Workspace.ANN, ask);
            answers.add(Workspace.submit(
                    Workspace.ANN, Workspace.asking(annsModal, fingerprint(old), fingerprint(ask)), "other digests"));
            signal(service, "{}");
            signal(service, byHand(release, ask));
            assertThat(decided(release)).isEmpty();

            Workspace.Answer ann = pressed(Workspace.ANN, annsModal, "looks good");
            Workspace.Answer annAgain =
                    Workspace.submit(Workspace.ANN, Workspace.modal(Workspace.ANN, ask), "and again");
            Workspace.Answer replayed = Workspace.replay(ann);
            Workspace.Answer forged = Workspace.forge(ann);
            assertThat(decided(release)).containsExactly("ann APPROVE");
            Workspace.Answer bob = pressed(Workspace.BOB, Workspace.modal(Workspace.BOB, ask), "");
            Shell.Result released = releasing.await();
            load.end();
            answers.addAll(List.of(ann, annAgain, replayed, forged, bob));

            assertThat(released.exit()).as("%s", released).isZero();
            assertThat(service.imageOf("production", service.name())).contains(good.digest());
            assertThat(decided(release)).containsExactly("ann APPROVE", "bob APPROVE");
            assertThat(List.of(ann.body(), bob.body())).as("their modals close").containsOnly("");
            assertThat(annAgain.body()).contains("ann has voted at production/approve already");
            assertThat(List.of(replayed.status(), forged.status())).containsOnly(401);
            assertThat(forged()).as("a forged request is counted").isEqualTo(forgedBefore + 1);
            awaitClosed(ask, "2 of 2 approvals from deployers (ann, bob)");
            assertThat(Workspace.value(Workspace.now(old)))
                    .as("the first attempt's buttons")
                    .isEmpty();
            assertThat(facts(release, "IGNORED"))
                    .satisfiesExactlyInAnyOrder(
                            what -> assertThat(what).contains("it says nothing"),
                            what -> assertThat(what).contains("not signed by the starter"));
            assertThat(facts(release, "DENIED"))
                    .satisfiesExactlyInAnyOrder(
                            what -> assertThat(what).contains("ann", "button is of attempt 1", "now it is attempt 2"),
                            what -> assertThat(what).contains("bob", "attempt 1, but", "attempt 2 is asking"),
                            what -> assertThat(what).contains("Slack's user U0STRANGER"),
                            what -> assertThat(what).contains("approver-1 requested", "may not decide"),
                            what -> assertThat(what).contains("ann", "other digests than those released"),
                            what -> assertThat(what).contains("ann", "has voted", "already"),
                            what -> assertThat(what).contains("ann", "a copy of a modal"));
            assertThat(answers).allMatch(answer -> answer.millis() < 3000 && answer.status() > 0);
            print(answers);
        }
    }

    @Tag("long")
    @Test
    void noWordIsLostWhileSlackOrTemporalOrTheStarterIsAway() {
        StandIn before = StandIn.built("1.0.0");
        StandIn good = StandIn.built("1.1.0");
        try (Service service = Service.named("slackless", STAGES)) {
            String release = service.release("1.1.0");
            service.baseline("production", before);
            Load load = Load.begin(service.host("production"), 50);
            Workspace.trouble("chat.postMessage", "answer-lost", 0, "");
            Workspace.trouble("conversations.history", "status", 500, "");
            Shell.Running releasing = Cli.ci().start(service.releaseArguments(good));
            JsonNode ask = Workspace.asked(release, 1);

            JsonNode annsModal = Workspace.modal(Workspace.ANN, ask);
            JsonNode bobsModal = Workspace.modal(Workspace.BOB, ask);
            Workspace.Answer slow;
            Workspace.Answer cut;
            try (Program.Frozen frozen = Program.slipway("worker-control").freeze()) {
                slow = Workspace.submit(Workspace.ANN, annsModal, "while no worker answers");
                int asked = Workspace.calls("users.info");
                CompletableFuture<Workspace.Answer> waiting =
                        CompletableFuture.supplyAsync(() -> Workspace.submit(Workspace.BOB, bobsModal, ""));
                Eventually.holds(
                        "the starter is at it", Duration.ofSeconds(5), () -> Workspace.calls("users.info") > asked);
                Program.slipway("starter").kill();
                cut = waiting.join();
            }
            Shell.of("lab/slipway", "up").must();
            assertThat(slow.status()).isEqualTo(200);
            assertThat(slow.body()).contains("Not recorded yet");
            assertThat(cut.body()).as("nothing is acknowledged").isNotEmpty();

            Workspace.trouble("chat.update", "too-many", 1, "");
            Workspace.trouble("chat.update", "closed", 0, "");
            Workspace.trouble("chat.update", "no", 0, "internal_error");
            Workspace.trouble("chat.postMessage", "answer-lost", 0, "");
            Workspace.trouble("conversations.replies", "closed", 0, "");
            Workspace.Answer ann = pressed(Workspace.ANN, annsModal, "once more");
            Workspace.Answer annTwice = pressed(Workspace.ANN, annsModal, "and the same modal again");
            Workspace.Answer bob = pressed(Workspace.BOB, bobsModal, "");
            service.awaitShare("production", 50);
            Workspace.trouble("chat.update", "no", 0, "restricted_action");
            Shell.Result released = releasing.await();
            load.end();

            assertThat(List.of(ann.body(), annTwice.body(), bob.body())).containsOnly("");
            assertThat(released.exit()).as("%s", released).isZero();
            assertThat(decided(release)).containsExactly("ann APPROVE", "bob APPROVE");
            awaitClosed(ask, "2 of 2 approvals from deployers (ann, bob)");
            Eventually.holds(
                    "the latest state wins",
                    Duration.ofMinutes(2),
                    () -> Workspace.messages(release, "release")
                            .get(0)
                            .path("text")
                            .asText()
                            .endsWith("PROMOTED"));
            assertThat(Workspace.messages(release, "release")).as("one message").hasSize(1);
            assertThat(Workspace.messages(release, "ask")).as("one question").hasSize(1);
            print(List.of(slow, cut, ann, annTwice, bob));
        }
    }

    /** As people do: who is told that nothing is recorded yet presses again. */
    private static Workspace.Answer pressed(String user, JsonNode modal, String reason) {
        Workspace.Answer answer = Workspace.submit(user, modal, reason);
        for (int more = 0; more < 5 && answer.body().contains("Not recorded yet"); more++) {
            answer = Workspace.submit(user, modal, reason);
        }
        return answer;
    }

    private static void print(List<Workspace.Answer> answers) {
        System.out.printf(
                "Slack was answered after %s ms%n",
                answers.stream().map(Workspace.Answer::millis).toList());
    }

    private static void awaitClosed(JsonNode ask, String how) {
        Eventually.holds(
                "the question has no buttons and says " + how,
                Duration.ofMinutes(1),
                () -> Workspace.value(Workspace.now(ask)).isEmpty()
                        && Workspace.now(ask).toString().contains(how));
    }

    private static List<String> decided(String release) {
        return audit(release, "DECIDED")
                .map(fact -> fact.path("details").path("by").asText() + " "
                        + fact.path("details").path("choice").asText())
                .toList();
    }

    private static List<String> facts(String release, String kind) {
        return audit(release, kind).map(fact -> fact.path("what").asText()).toList();
    }

    private static java.util.stream.Stream<JsonNode> audit(String release, String kind) {
        JsonNode facts = Cli.json(Cli.ci().run("audit", release, "-o", "json")).path("facts");
        return java.util.stream.StreamSupport.stream(facts.spliterator(), false)
                .filter(fact -> fact.path("kind").asText().equals(kind));
    }

    private static String fingerprint(JsonNode message) {
        return Workspace.value(message).split(" ")[3];
    }

    /** A decision as the starter would send it, but for its signature. */
    private static String byHand(String release, JsonNode ask) {
        return """
                {"decision":{"release":"%s","attempt":2,"gate":"production/approve","fingerprint":"%s",
                 "actor":{"subject":"bob","groups":["deployers"]},"choice":"APPROVE","reason":"","nonce":"1",
                 "at":"2026-11-22T00:00:00Z"},"keyId":"mine","signature":"bWluZQ=="}""".formatted(release, fingerprint(ask));
    }

    private static void signal(Service service, String input) {
        Lab.temporal(
                        "workflow",
                        "signal",
                        "--workflow-id",
                        service.name() + ":production",
                        "--name",
                        "decide",
                        "--input",
                        input)
                .must();
    }

    private static double forged() {
        String metrics = Shell.of("curl", "-s", Lab.need("SLIPWAY_URL") + "/actuator/prometheus")
                .must();
        return metrics.lines()
                .filter(line -> line.startsWith("slipway_slack_unheard_total{") && line.contains("why=\"forged\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
