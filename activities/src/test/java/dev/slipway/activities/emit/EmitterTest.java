package dev.slipway.activities.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.Sink;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whole releases told to a receiver of events, and what it may do with one. */
class EmitterTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final URI SOURCE = URI.create("https://slipway.example.com");
    private static final CloudEvent EVENT = new CloudEvent(
            "run-1-started",
            SOURCE,
            "dev.cdevents.pipelinerun.started.0.2.0",
            Instant.EPOCH,
            "run",
            new CloudEvent.Subject("podinfo@2.0.0/1", "pipelineRun", Map.of()),
            Map.of());

    private final FakeReceiver receiver = new FakeReceiver();
    private final FakeReceiver collector = new FakeReceiver();

    @AfterEach
    void close() {
        receiver.close();
        collector.close();
    }

    @Test
    void aReleaseThatIsPutBackIsToldOnceThoughTheReceiverMisbehaves() {
        receiver.losingTheAnswer().answering(429, "1").answering(500, "").hangingUp();
        collector.losingTheAnswer().answering(503, "1").hangingUp();
        try (Scenario slipway = new Scenario("production")) {
            slipway.sinks.real(new Emitter(Map.of(
                    Sink.CDEVENTS, over(LONG), Sink.TRACES, new TraceReceiver(collector.address(), Map::of, ""))));
            slipway.cluster.running("production", "podinfo", "1.0.0");
            slipway.watch.then(Verdict.failed("errors"));

            slipway.end(slipway.start(Plans.telling(
                    Plans.order("2.0.0", Map.of(), Plans.canary("production", List.of(), 10)),
                    Sink.CDEVENTS,
                    Sink.TRACES)));
            slipway.sleepUntil(
                    Duration.ofHours(1),
                    "the end is told",
                    () -> receiver.types().contains("pipelinerun.finished") && spans().containsKey("RUN podinfo"));
        }

        assertThat(receiver.types())
                .containsExactly(
                        "pipelinerun.started",
                        "service.rolledback",
                        "incident.detected",
                        "incident.resolved",
                        "pipelinerun.finished");
        assertThat(receiver.posts()).as("and not more often than it had to be").isEqualTo(5 + 4);
        assertThat(receiver.events())
                .allSatisfy(
                        event -> assertThat(event.at("/data/context/chainId").asText())
                                .isEqualTo(receiver.events()
                                        .get(0)
                                        .at("/data/context/chainId")
                                        .asText()));
        assertThat(spans().keySet())
                .contains(
                        "RUN podinfo", "stage production", "render", "canary", "ramp 10%", "undo route", "undo canary");
        assertThat(spans().values())
                .as(
                        "one trace of distinct spans in which everything belongs to something, and is told but once or the same")
                .allSatisfy(same -> assertThat(same).hasSize(1));
        assertThat(all("traceId")).hasSize(1);
        assertThat(all("spanId")).hasSameSizeAs(spans().keySet()).containsAll(all("parentSpanId"));
    }

    private Map<String, Set<JsonNode>> spans() {
        return collector.bodies().stream()
                .flatMap(body -> body.findValues("spans").stream())
                .flatMap(spans -> StreamSupport.stream(spans.spliterator(), false))
                .collect(Collectors.groupingBy(span -> span.path("name").asText(), Collectors.toSet()));
    }

    private Set<String> all(String id) {
        return spans().values().stream()
                .flatMap(Set::stream)
                .filter(span -> span.has(id))
                .map(span -> span.path(id).asText())
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void whatMayBeAnotherTimeIsTriedAgainWhenTheReceiverSays(int status) {
        receiver.answering(status, "7");

        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> over(LONG).take(EVENT))
                .satisfies(failure -> {
                    assertThat(failure.isNonRetryable()).isFalse();
                    assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(7));
                    assertThat(failure.getMessage()).contains("127.0.0.1").doesNotContain("hidden");
                });
    }

    @Test
    void aReceiverThatIsSilentOrNeverEndsIsGivenUpAndTriedAgain() {
        receiver.silent().endless().hangingUp();

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(ApplicationFailure.class)
                    .isThrownBy(() -> over(Duration.ofMillis(300)).take(EVENT))
                    .matches(failure -> !failure.isNonRetryable())
                    .withMessageContaining("does not answer");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 404})
    void whatIsRefusedForGoodIsAnErrorInTheLogAndHoldsNothingUp(int status) {
        Logger logger = (Logger) LoggerFactory.getLogger(EventReceiver.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        receiver.answering(status, "");

        over(LONG).take(EVENT);
        logger.detachAppender(logged);

        assertThat(receiver.posts()).isEqualTo(1);
        assertThat(logged.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getLevel()).isEqualTo(Level.ERROR))
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .contains("run-1-started", Integer.toString(status))
                        .doesNotContain("hidden"));
    }

    @Test
    void anEventIsSentAsTheStructuredModeSaysWithTheTokenOfThatMoment() {
        String[] token = {"first"};
        EventReceiver over = new EventReceiver(receiver.address(), () -> Optional.of(token[0]), SOURCE, LONG);
        over.take(EVENT);
        token[0] = "second";
        over.take(EVENT);

        assertThat(receiver.headers())
                .containsExactly(
                        "application/cloudevents+json; charset=UTF-8 Bearer first",
                        "application/cloudevents+json; charset=UTF-8 Bearer second");
        assertThat(receiver.events()).as("the same event").hasSize(1);
    }

    private EventReceiver over(Duration patience) {
        return new EventReceiver(receiver.address(), Optional::empty, SOURCE, patience);
    }
}
