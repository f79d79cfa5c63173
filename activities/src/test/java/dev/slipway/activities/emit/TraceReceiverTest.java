package dev.slipway.activities.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import dev.slipway.model.Resource;
import dev.slipway.model.StepView;
import dev.slipway.model.UndoView;
import dev.slipway.workflows.api.RecordBatch;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What becomes of a release as a trace, letter by letter, and what a receiver may do with it. */
class TraceReceiverTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    private static final Instant REQUESTED = Instant.parse("2026-11-22T03:00:00Z");
    private static final Instant ENDED = Instant.parse("2026-11-22T04:00:00.25Z");
    private static final RecordBatch BATCH = batch("ROLLED_BACK", "ROLLED_BACK: ramp 10%: errors");

    private final FakeReceiver receiver = new FakeReceiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void aReleaseThatWasPutBackIsThisDocument() throws IOException {
        over(LONG).hear(BATCH);

        try (InputStream file = TraceReceiverTest.class.getResourceAsStream("/traces/rolled-back.json")) {
            JsonNode expected = new ObjectMapper().readTree(file);
            assertThat(receiver.bodies()).containsExactly(expected);
        }
        assertThat(receiver.bodies().toString())
                .as("what a person typed stays here")
                .doesNotContain("typed");
    }

    @Test
    void aBatchThatComesInPartsHasTheSameSpans() {
        List<Span> whole = new ReleaseSpans(BATCH, "").spans();
        RecordBatch rest = new RecordBatch(BATCH.runId(), 3, BATCH.facts().subList(2, 3), BATCH.view());

        assertThat(new ReleaseSpans(rest, "").spans()).singleElement().isEqualTo(whole.get(whole.size() - 1));
    }

    @Test
    void whatHasNotEndedIsNotTold() {
        over(LONG).hear(new RecordBatch(BATCH.runId(), 1, BATCH.facts().subList(0, 1), BATCH.view()));

        assertThat(receiver.posts()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "PROMOTED, success, ''",
        "ROLLED_BACK, failure, ROLLED_BACK",
        "EXPIRED, timeout, EXPIRED",
        "REFUSED, skip, ''",
        "REJECTED, cancellation, ''",
        "ABORTED, cancellation, ''",
        "SUPERSEDED, cancellation, ''",
        "INTERFERED, error, INTERFERED",
        "LEFT_AS_IS, error, LEFT_AS_IS"
    })
    void eachOutcomeIsAResultAndThoseThatNobodyWantedAreErrors(String outcome, String result, String error) {
        List<Span> spans = new ReleaseSpans(batch(outcome, outcome + ": why"), "").spans();
        Map<String, Object> release = spans.get(spans.size() - 1).json();

        assertThat(release.get("attributes").toString()).contains("{stringValue=" + result + "}");
        assertThat(release.containsKey("status")).isEqualTo(!error.isEmpty());
        assertThat(release.get("attributes").toString().contains("error.type")).isEqualTo(!error.isEmpty());
    }

    @Test
    void aStageOfWhichNothingIsKnownIsAMoment() {
        RecordBatch unknown =
                new RecordBatch(BATCH.runId(), 1, BATCH.facts(), CdEventsTest.view(List.of(), List.of(), ENDED));

        assertThat(new ReleaseSpans(unknown, "").spans()).first().satisfies(stage -> {
            assertThat(stage.start()).isEqualTo(ENDED);
            assertThat(stage.end()).isEqualTo(ENDED);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void whatMayBeAnotherTimeIsTriedAgainWhenTheReceiverSays(int status) {
        receiver.answering(status, "7");

        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> over(LONG).hear(BATCH))
                .satisfies(failure -> {
                    assertThat(failure.isNonRetryable()).isFalse();
                    assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(7));
                    assertThat(failure.getMessage()).contains("127.0.0.1").doesNotContain("hidden");
                });
    }

    @Test
    void whatIsSentAgainAfterALostAnswerIsTheSame() {
        receiver.losingTheAnswer();

        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> over(LONG).hear(BATCH))
                .matches(failure -> !failure.isNonRetryable());
        over(LONG).hear(BATCH);

        assertThat(receiver.bodies()).hasSize(2).containsOnly(receiver.bodies().get(0));
    }

    @Test
    void aReceiverThatIsSilentOrNeverEndsIsGivenUpAndTriedAgain() {
        receiver.silent().endless();

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(ApplicationFailure.class)
                    .isThrownBy(() -> over(Duration.ofMillis(300)).hear(BATCH))
                    .matches(failure -> !failure.isNonRetryable())
                    .withMessageContaining("does not answer");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 404})
    void whatIsRefusedForGoodIsAnErrorInTheLogAndHoldsNothingUp(int status) {
        receiver.answering(status, "");

        assertThat(logged(() -> over(LONG).hear(BATCH)))
                .singleElement()
                .asString()
                .contains("refuses", "podinfo@2.0.0", Integer.toString(status))
                .doesNotContain("hidden");
        assertThat(receiver.posts()).isEqualTo(1);
    }

    @Test
    void whatIsRefusedInPartIsAnErrorInTheLogAndIsNotTriedAgain() {
        receiver.replying("{\"partialSuccess\": {\"rejectedSpans\": \"2\", \"errorMessage\": \"too\\nold\"}}");

        assertThat(logged(() -> over(LONG).hear(BATCH)))
                .singleElement()
                .asString()
                .contains("refuses 2 spans of podinfo@2.0.0", "too old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"partialSuccess\": {}}", "null", "<html>", "[1]"})
    void anyOtherAcceptanceIsOne(String reply) {
        receiver.replying(reply);

        assertThat(logged(() -> over(LONG).hear(BATCH))).isEmpty();
    }

    @Test
    void headersAreThoseOfThatMomentAndTheTypeIsAlwaysJson() {
        String[] token = {"Bearer first"};
        TraceReceiver over = new TraceReceiver(
                receiver.address(), () -> Map.of("Authorization", token[0], "content-type", "text/plain"), "", LONG);
        over.hear(BATCH);
        token[0] = "Bearer second";
        over.hear(BATCH);

        assertThat(receiver.headers())
                .containsExactly("application/json Bearer first", "application/json Bearer second");
    }

    private TraceReceiver over(Duration patience) {
        return new TraceReceiver(receiver.address(), Map::of, "https://ui.example.com/{release}", patience);
    }

    /** The errors alone. */
    private static List<ILoggingEvent> logged(Runnable something) {
        Logger logger = (Logger) LoggerFactory.getLogger(TraceReceiver.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        something.run();
        logger.detachAppender(logged);
        assertThat(logged.list).allMatch(line -> line.getLevel().equals(Level.ERROR));
        return logged.list;
    }

    private static RecordBatch batch(String outcome, String words) {
        Map<String, String> how = Map.of("outcome", outcome);
        List<Fact> facts = List.of(
                new Fact(REQUESTED, Optional.empty(), Fact.Kind.REQUESTED, "requested", Map.of(), List.of()),
                new Fact(ENDED, Optional.of(PRODUCTION), Fact.Kind.ENDED, words, how, List.of()),
                new Fact(ENDED.plusSeconds(1), Optional.empty(), Fact.Kind.ENDED, words, how, List.of()));
        List<StepView> steps = List.of(
                step("approve", "approve", "DONE", "PASSED", after(1), after(20)),
                step("canary", "canary", "DONE", "PASSED", after(20), after(25)),
                step("ramp 10%", "ramp", "FAILED", "FAILED", after(25), after(58)),
                step("load", "soak", "HOLDING", null, after(57), null),
                step("promote", "promote", "PENDING", null, null, null));
        List<UndoView> undo = List.of(
                new UndoView(Resource.ROUTE, "RESTORED", "", after(58), after(59)),
                new UndoView(Resource.CANARY, "NOT_OURS", "typed", after(59), null),
                new UndoView(Resource.STABLE, "OPEN", "", null, null));
        return new RecordBatch("0198b2d4-6c1f-7e4a-9a51-1c2d3e4f5a6b", 1, facts, CdEventsTest.view(steps, undo, ENDED));
    }

    private static StepView step(
            String name,
            String kind,
            String state,
            @Nullable String verdict,
            @Nullable Instant from,
            @Nullable Instant to) {
        return new StepView(name, kind, state, verdict, "typed", List.of(), from, to);
    }

    private static Instant after(int minutes) {
        return REQUESTED.plus(Duration.ofMinutes(minutes));
    }
}
