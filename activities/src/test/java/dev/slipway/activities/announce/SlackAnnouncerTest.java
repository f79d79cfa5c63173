package dev.slipway.activities.announce;

import static dev.slipway.activities.announce.Told.CHANNEL;
import static dev.slipway.activities.announce.Told.GATE;
import static dev.slipway.activities.announce.Told.announcement;
import static dev.slipway.activities.announce.Told.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseView;
import dev.slipway.slack.WebApi;
import dev.slipway.workflows.api.Announced;
import dev.slipway.workflows.api.Announcement;
import dev.slipway.workflows.testing.slack.FakeSlack;
import dev.slipway.workflows.testing.slack.Trouble;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackAnnouncerTest {
    private final FakeSlack slack = new FakeSlack(0).channel(CHANNEL);
    private final SlackAnnouncer announcer = new SlackAnnouncer(new SlackApi(slack.api(), () -> FakeSlack.TOKEN));

    @AfterEach
    void close() {
        slack.close();
    }

    private static ReleaseView running() {
        return Told.view(Phase.RUNNING, null, "", "", List.of());
    }

    private Announced asked() {
        return announcer.announce(announcement(1, waiting(), null, Told.asked()));
    }

    private JsonNode message(int index) {
        return slack.messages(CHANNEL).get(index);
    }

    private ApplicationFailure failure(Announcement announcement) {
        return catchThrowableOfType(ApplicationFailure.class, () -> announcer.announce(announcement));
    }

    @Test
    void aReleaseHasOneMessageThatIsKeptUpToDate() {
        Announced first = announcer.announce(announcement(1, running(), null));
        Announced second = announcer.announce(announcement(
                1, Told.view(Phase.DONE, "PROMOTED", "", "", List.of()), first, Told.ended("PROMOTED", "PROMOTED")));

        assertThat(second).isEqualTo(first);
        assertThat(slack.messages(CHANNEL)).hasSize(2);
        assertThat(message(0).path("text").asText()).isEqualTo("podinfo@6.9.2: ✅ PROMOTED");
        assertThat(message(1).path("thread_ts").asText()).isEqualTo(first.ts());
        assertThat(message(1).path("text").asText()).isEqualTo("✅ PROMOTED");
        assertThat(message(1).path("reply_broadcast").asBoolean()).isFalse();
    }

    @Test
    void aRollbackIsToldToTheWholeChannel() {
        announcer.announce(announcement(1, running(), null, Told.ended("ROLLED_BACK", "ROLLED_BACK: errors 4%")));

        assertThat(message(1).path("reply_broadcast").asBoolean()).isTrue();
    }

    @Test
    void anApprovalIsAskedForWithButtonsThatCarryNoFacts() {
        Announced announced = asked();

        JsonNode ask = message(1);
        assertThat(announced.asks()).isEqualTo(Map.of(GATE, ask.path("ts").asText()));
        assertThat(ask.path("reply_broadcast").asBoolean()).isTrue();
        assertThat(ask.findValuesAsText("action_id")).containsExactly("release.approve", "release.reject");
        assertThat(ask.findValuesAsText("value")).allMatch(v -> v.startsWith("1 podinfo@6.9.2 1 sha256:"));
    }

    @Test
    void theButtonsStayUntilThereAreEnoughVotesAndThenVanish() {
        Announced asked = asked();
        String one = "1 of 2 approvals from deployers (ann)";
        Announced half = announcer.announce(announcement(2, waiting(), asked, Told.voted("ann", "APPROVE", one, 1)));
        assertThat(message(1).toString()).contains(one).contains("release.approve");
        assertThat(half.asks()).containsOnlyKeys(GATE);

        String two = "2 of 2 approvals from deployers (ann, bob)";
        Announced done = announcer.announce(announcement(3, waiting(), half, Told.voted("bob", "APPROVE", two, 0)));

        assertThat(message(1).toString())
                .contains(two)
                .contains("2026-11-25T03:04:05Z")
                .doesNotContain("release.approve");
        assertThat(done.asks()).isEmpty();
    }

    @Test
    void theButtonsVanishWhenNobodyMayAnswerAnyMore() {
        Announced asked = asked();

        Announced gone =
                announcer.announce(announcement(2, Told.view(Phase.UNDOING, null, "aborted", "", List.of()), asked));

        assertThat(gone.asks()).isEmpty();
        assertThat(message(1).toString()).contains("no answer counts any more").doesNotContain("release.reject");
    }

    @Test
    void aReleaseIsPostedOnceWhenTheAnswerWasLost() {
        slack.next("chat.postMessage", new Trouble.AnswerLost());
        Announcement announcement = announcement(1, waiting(), null, Told.asked());

        assertThat(failure(announcement).isNonRetryable()).isFalse();
        announcer.announce(announcement);

        assertThat(slack.messages(CHANNEL)).hasSize(2);
    }

    @Test
    void newsAndAsksArePostedOnceHoweverOftenTheyAreTold() {
        Announced root = announcer.announce(announcement(1, running(), null));
        Announcement vote = announcement(1, waiting(), root, Told.voted("ann", "APPROVE", "1 of 2", 1), Told.asked());

        Announced once = announcer.announce(vote);
        Announced twice = announcer.announce(vote);
        announcer.announce(announcement(
                1,
                waiting(),
                root,
                Told.voted("ann", "APPROVE", "1 of 2", 1),
                Told.asked(),
                Told.voted("bob", "APPROVE", "2 of 2", 0)));

        assertThat(twice).isEqualTo(once);
        assertThat(slack.messages(CHANNEL)).hasSize(4);
        assertThat(message(3).path("text").asText()).isEqualTo("✅ production: bob said APPROVE");
    }

    @Test
    void slackSaysWhenToTryAgain() {
        slack.next("chat.postMessage", new Trouble.TooMany(42));

        ApplicationFailure failure = failure(announcement(1, running(), null));

        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(42));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_auth", "token_revoked", "channel_not_found", "is_archived"})
    void aReleaseGoesOnWhenSlackRefusesForGood(String error) {
        slack.next("conversations.history", new Trouble.No(error)).next("chat.postMessage", new Trouble.No(error));

        Announced none = announcer.announce(announcement(1, running(), null));
        Announced later = announcer.announce(announcement(2, running(), none));

        assertThat(none.ts()).isEmpty();
        assertThat(later.ts()).as("it is tried anew with the next news").isNotEmpty();
    }

    @Test
    void whateverIsNoAnswerIsTriedAgain() {
        for (Trouble trouble : List.of(
                new Trouble.Closed(),
                new Trouble.Status(500),
                new Trouble.Status(503),
                new Trouble.No("internal_error"),
                new Trouble.No("ratelimited"))) {
            slack.next("chat.postMessage", trouble);

            assertThat(failure(announcement(1, running(), null)).isNonRetryable())
                    .as(trouble.toString())
                    .isFalse();
        }
        assertThat(slack.messages(CHANNEL)).isEmpty();
    }

    @Test
    void slackThatDoesNotAnswerIsWaitedForNoLongerThanTheLimit() {
        SlackAnnouncer hasty = new SlackAnnouncer(new SlackApi(
                new WebApi(slack.api(), Duration.ofMillis(100)), () -> FakeSlack.TOKEN, (method, error) -> {}));
        slack.next("conversations.history", new Trouble.Slow(5_000));

        ApplicationFailure failure =
                catchThrowableOfType(ApplicationFailure.class, () -> hasty.announce(announcement(1, running(), null)));

        assertThat(failure).hasMessageContaining("did not answer within 100 ms");
    }

    @Test
    void aMessageThatSomebodyDeletedIsPostedAnew() {
        Announced first = announcer.announce(announcement(1, running(), null));
        slack.delete(CHANNEL, first.ts());

        Announced anew = announcer.announce(announcement(1, running(), first));

        assertThat(anew.ts()).isNotEqualTo(first.ts());
        assertThat(slack.messages(CHANNEL)).hasSize(1);
    }

    @Test
    void theTokenIsInNoFailure() {
        SlackAnnouncer wrong = new SlackAnnouncer(new SlackApi(slack.api(), () -> "xoxb-secret"));
        slack.next("conversations.history", new Trouble.Closed());

        ApplicationFailure failure =
                catchThrowableOfType(ApplicationFailure.class, () -> wrong.announce(announcement(1, running(), null)));

        assertThat(failure.toString()).doesNotContain("xoxb");
    }
}
