package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.workflows.testing.slack.FakeSlack;
import dev.slipway.workflows.testing.slack.Trouble;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Slack, when what is behind the starter does not answer. */
class SlackAwayTest {
    private static final Duration HANGS_UP = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    @Test
    void aClickOpensAModalWhileNoWorkerAnswersAndItsVoteIsToldNotToCount() throws Exception {
        try (FakeSlack slack = new FakeSlack(0).user("U1").userGroup("S1");
                Installation slipway =
                        Installation.withoutWorkersWith(folder, SlackWorkspace.settings(folder, slack, HANGS_UP))) {
            slipway.as("ci").start(Installation.bundle(folder, "slow", ""), Api.request("1.0.0"));
            SlackWorkspace people = new SlackWorkspace(slack, slipway);
            String button = SlackWorkspace.button("slow@1.0.0", 1, "production/approve", Api.image("x"));

            JsonNode modal = people.opened("U1", "release.approve", button);

            assertThat(modal.toString())
                    .contains("No worker says the digests now", Api.image("x").value());
            assertThat(people.told(people.submit("U1", "")))
                    .as("it takes Temporal's whole patience to find that out")
                    .containsAnyOf("Not recorded yet", "no worker answers for slow@1.0.0; nothing was done");
        }
    }

    @Test
    void aModalIsNotTakenBeforeItIsInTheHistoryAndItsSenderHearsOfItLater() throws Exception {
        try (FakeSlack slack = new FakeSlack(0).user("U1").userGroup("S1");
                Installation slipway =
                        Installation.wholeWith(folder, SlackWorkspace.settings(folder, slack, HANGS_UP))) {
            slipway.as("ci").start(Installation.bundle(folder, "slow", ""), Api.request("1.0.0"));
            slipway.as("ci").awaitPhase("slow@1.0.0", "WAITING");
            SlackWorkspace people = new SlackWorkspace(slack, slipway);
            String button = SlackTest.button(slipway.as("ci"), "slow");
            JsonNode unused = people.opened("U1", "release.approve", button);
            CountDownLatch until = new CountDownLatch(1);
            slack.next("users.info", new Trouble.Held(until));

            String answer = people.answer(people.submit("U1", ""));

            assertThat(answer).contains("\"response_action\":\"errors\"", "Not recorded yet");
            assertThat(slack.calls("response_url")).isEmpty();
            assertThat(slipway.as("ci")
                            .get("/api/v1/releases/slow@1.0.0")
                            .body()
                            .path("phase")
                            .asString())
                    .isEqualTo("WAITING");
            until.countDown();
            assertThat(slack.await("response_url", 1)
                            .get(0)
                            .arguments()
                            .path("text")
                            .asText())
                    .isEqualTo("1 of 1 approvals from deployers (ann)");
        }
    }

    @Test
    @Timeout(240)
    void slackIsAnsweredBeforeAnybodyElseIsAsked() throws Exception {
        try (FakeSlack slack = new FakeSlack(0).user("U1").userGroup("S1");
                Installation slipway =
                        Installation.withoutTemporalWith(folder, SlackWorkspace.settings(folder, slack, HANGS_UP))) {
            SlackWorkspace people = new SlackWorkspace(slack, slipway);
            CountDownLatch until = new CountDownLatch(1);
            slack.next("users.info", new Trouble.Held(until));

            var answer = people.send(people.command("U1", "status slow@1.0.0"));

            assertThat(answer.body()).contains("ephemeral", "No answer yet, so nothing is done yet");
            assertThat(slack.calls("response_url")).isEmpty();
            until.countDown();
            assertThat(slack.await("response_url", 1)
                            .get(0)
                            .arguments()
                            .path("text")
                            .asText())
                    .contains("Temporal does not answer");
        }
    }
}
