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
import dev.slipway.workflows.api.Announced;
import dev.slipway.workflows.testing.slack.FakeSlack;
import dev.slipway.workflows.testing.slack.Trouble;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a question when Slack does not let us post it where it belongs. */
class FallbackTest {
    private static final String FALLBACK = "C0FALLBACK";
    private static final String BUTTON = "release.approve";

    private final List<String> refused = new ArrayList<>();
    private final FakeSlack slack = new FakeSlack(0).channel(CHANNEL).channel(FALLBACK);
    private final SlackApi api =
            new SlackApi(slack.api(), () -> FakeSlack.TOKEN, (method, error) -> refused.add(method + " " + error));
    private final SlackAnnouncer announcer = new SlackAnnouncer(api, Optional.of(FALLBACK));

    @AfterEach
    void close() {
        slack.close();
    }

    private static ReleaseView running() {
        return Told.view(Phase.RUNNING, null, "", "", List.of());
    }

    private static ReleaseView promoted() {
        return Told.view(Phase.DONE, "PROMOTED", "", "", List.of());
    }

    private List<String> buttons(String channel) {
        return slack.messages(channel).stream()
                .map(JsonNode::toString)
                .filter(message -> message.contains(BUTTON))
                .toList();
    }

    /** The next call of this kind is answered with a no. */
    private void refuse(String method, String error) {
        slack.next(method, new Trouble.No(error));
    }

    private Announced askedElsewhere() {
        refuse("chat.postMessage", "channel_not_found");
        return announcer.announce(announcement(1, waiting(), null, Told.asked()));
    }

    @Test
    void withoutAFallbackAQuestionIsAskedWithTheNextNewsThatSlackTakes() {
        SlackAnnouncer alone = new SlackAnnouncer(api);
        refuse("chat.postMessage", "is_archived");
        Announced lost = alone.announce(announcement(1, waiting(), null, Told.asked()));
        assertThat(slack.messages(CHANNEL)).isEmpty();

        Announced asked =
                alone.announce(announcement(2, waiting(), lost, Told.voted("ann", "APPROVE", "1 of 2 (ann)", 1)));

        assertThat(buttons(CHANNEL)).singleElement().asString().contains("1 of 2 (ann)", "2026-11-25T03:04:05Z");
        assertThat(asked.asks()).containsOnlyKeys(GATE);
        assertThat(refused).containsExactly("chat.postMessage is_archived");
    }

    @Test
    void aQuestionThatWasAnsweredMeanwhileIsNotAskedAnyMore() {
        SlackAnnouncer alone = new SlackAnnouncer(api);
        refuse("chat.postMessage", "is_archived");
        Announced lost = alone.announce(announcement(1, waiting(), null, Told.asked()));
        refuse("chat.postMessage", "is_archived");
        Announced voted =
                alone.announce(announcement(2, waiting(), lost, Told.voted("ann", "APPROVE", "2 of 2 (ann, bob)", 0)));

        Announced done = alone.announce(announcement(3, waiting(), voted));

        assertThat(slack.messages(CHANNEL)).hasSize(1);
        assertThat(done.asks()).isEmpty();
    }

    @Test
    void aQuestionThatNoAnswerCountsForIsNotAskedAnyMore() {
        refuse("chat.postMessage", "is_archived");
        Announced lost = new SlackAnnouncer(api).announce(announcement(1, waiting(), null, Told.asked()));

        announcer.announce(announcement(2, running(), lost));

        assertThat(buttons(CHANNEL)).isEmpty();
    }

    @Test
    void whatAChannelDoesNotTakeIsToldToTheFallbackWithWhyAndWhereItBelongs() {
        Announced elsewhere = askedElsewhere();

        assertThat(slack.messages(CHANNEL)).isEmpty();
        assertThat(slack.messages(FALLBACK))
                .hasSize(2)
                .allSatisfy(message -> assertThat(message.toString())
                        .contains("This belongs into <#" + CHANNEL + ">", "chat.postMessage: channel_not_found"));
        assertThat(buttons(FALLBACK)).hasSize(1);
        assertThat(elsewhere.ts()).as("of its own channel").isEmpty();
        assertThat(elsewhere.elsewhere().orElseThrow().asks()).containsOnlyKeys(GATE);
    }

    @Test
    void theButtonsComeBackToTheChannelAndLeaveTheFallback() {
        Announced elsewhere = askedElsewhere();

        Announced back = announcer.announce(
                announcement(2, waiting(), elsewhere, Told.voted("ann", "APPROVE", "1 of 2 (ann)", 1)));

        assertThat(buttons(CHANNEL)).hasSize(1);
        assertThat(buttons(FALLBACK)).isEmpty();
        assertThat(slack.messages(FALLBACK).toString()).contains("From here on in <#" + CHANNEL + ">");
        assertThat(back.elsewhere()).isEmpty();
        announcer.announce(announcement(3, promoted(), back, Told.ended("PROMOTED", "PROMOTED")));
        assertThat(buttons(CHANNEL)).isEmpty();
    }

    @Test
    void aChannelThatIsArchivedWhileItIsAskedMovesTheQuestion() {
        Announced asked = announcer.announce(announcement(1, waiting(), null, Told.asked()));
        refuse("chat.update", "is_archived");

        Announced moved =
                announcer.announce(announcement(2, waiting(), asked, Told.voted("ann", "APPROVE", "1 of 2", 1)));

        assertThat(buttons(FALLBACK)).hasSize(1);
        assertThat(moved.ts()).isEqualTo(asked.ts());
        Announced back = announcer.announce(announcement(3, waiting(), moved));
        assertThat(buttons(FALLBACK)).isEmpty();
        assertThat(buttons(CHANNEL)).as("it never left").hasSize(1);
        assertThat(back.asks()).isEqualTo(asked.asks());
    }

    @Test
    void aQuestionIsAskedOnceWhenTheAnswerOfTheFallbackWasLost() {
        slack.next("chat.postMessage", new Trouble.No("is_archived"))
                .next("chat.postMessage", new Trouble.AnswerLost());
        var announcement = announcement(1, waiting(), null, Told.asked());
        assertThat(catchThrowableOfType(ApplicationFailure.class, () -> announcer.announce(announcement)))
                .isNotNull();
        refuse("chat.postMessage", "is_archived");

        Announced asked = announcer.announce(announcement);
        refuse("chat.postMessage", "is_archived");
        announcer.announce(announcement(2, waiting(), asked));

        assertThat(slack.messages(FALLBACK)).hasSize(2);
        assertThat(buttons(FALLBACK)).hasSize(1);
    }

    @Test
    void whenTheFallbackRefusesTooTheQuestionIsNotLost() {
        refuse("chat.postMessage", "invalid_auth");
        refuse("chat.postMessage", "invalid_auth");
        Announced lost = announcer.announce(announcement(1, waiting(), null, Told.asked()));
        assertThat(slack.messages(FALLBACK)).isEmpty();
        assertThat(refused).containsExactly("chat.postMessage invalid_auth", "chat.postMessage invalid_auth");

        announcer.announce(announcement(2, waiting(), lost));

        assertThat(buttons(CHANNEL)).hasSize(1);
        assertThat(slack.messages(FALLBACK)).isEmpty();
    }
}
