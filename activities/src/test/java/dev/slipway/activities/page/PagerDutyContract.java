package dev.slipway.activities.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.model.Alert;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.Change;
import dev.slipway.workflows.api.Delivery;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.PageOrder;
import dev.slipway.workflows.testing.FakePagerDuty;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What a pager over PagerDuty does with each thing that PagerDuty may do, whichever client it is over. */
abstract class PagerDutyContract {
    private static final String KEY = "0123456789abcdef0123456789ABCDEF";
    private static final String OWN = "ffffffffffffffffffffffffffffffff";
    private static final ReleaseId RELEASE = ReleaseId.parse("podinfo@2.0.0");
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.slipway.activities.page");
    private static final ObjectMapper JSON = new ObjectMapper();

    final FakePagerDuty pagerDuty = new FakePagerDuty();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private Path keys;

    @BeforeEach
    void keys(@TempDir Path folder) throws IOException {
        keys = folder;
        Files.writeString(folder.resolve("all"), KEY + "\n");
        Files.writeString(folder.resolve("staging"), OWN + "\n");
        logged.start();
        LOG.addAppender(logged);
    }

    @AfterEach
    void close() {
        LOG.detachAppender(logged);
        pagerDuty.close();
    }

    /** The client under test. */
    abstract PagerDutyClient client(URI events, URI changes, Duration answer);

    private PagerDutyPager pager() {
        return pager(new RoutingKeys(keys.resolve("all"), Map.of("staging", keys.resolve("staging"))));
    }

    private PagerDutyPager pager(RoutingKeys routing) {
        return pager(routing, PagerDutyClient.ANSWER);
    }

    private PagerDutyPager pager(RoutingKeys routing, Duration answer) {
        return new PagerDutyPager(
                client(pagerDuty.events(), pagerDuty.changes(), answer),
                routing,
                new PagerDutyLinks("http://temporal/workflows/{workflow}", "http://docs/runbooks/"));
    }

    private static PageOrder page(Alert alert, String environment, String summary) {
        return new PageOrder(RELEASE, new EnvironmentName(environment), alert, summary);
    }

    private static PageOrder stuck(String summary) {
        return page(Alert.SlipwayStuck, "production", summary);
    }

    private JsonNode received(int index) {
        try {
            return JSON.readTree(pagerDuty.received().get(index).body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Change promoted(String reason) {
        return new Change(
                RELEASE,
                1,
                new EnvironmentName("production"),
                reason.isEmpty() ? "PROMOTED" : "ROLLED_BACK",
                reason,
                Instant.parse("2026-11-22T03:00:00Z"));
    }

    private List<String> errors() {
        return logged.list.stream()
                .filter(e -> e.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void aPageSaysWhatIsWrongWhereAndWhatToDo() {
        Delivery delivery = pager().trigger(stuck("STABLE is not back\nnext: slipway retry-undo podinfo@2.0.0"));

        JsonNode event = received(0);
        JsonNode payload = event.path("payload");
        assertThat(delivery.accepted()).isTrue();
        assertThat(event.path("routing_key").asText()).isEqualTo(KEY);
        assertThat(event.path("event_action").asText()).isEqualTo("trigger");
        assertThat(event.path("dedup_key").asText()).isEqualTo("page:podinfo@2.0.0:stuck");
        assertThat(payload.path("summary").asText())
                .isEqualTo("SlipwayStuck podinfo@2.0.0 in production: STABLE is not back next: slipway retry-undo"
                        + " podinfo@2.0.0");
        assertThat(payload.path("source").asText()).isEqualTo("podinfo:production");
        assertThat(payload.path("severity").asText()).isEqualTo("critical");
        assertThat(payload.path("component").asText()).isEqualTo("podinfo");
        assertThat(payload.path("group").asText()).isEqualTo("production");
        assertThat(payload.path("class").asText()).isEqualTo("SlipwayStuck");
        JsonNode details = payload.path("custom_details");
        assertThat(details.path("service").asText()).isEqualTo("podinfo");
        assertThat(details.path("version").asText()).isEqualTo("2.0.0");
        assertThat(details.path("environment").asText()).isEqualTo("production");
        assertThat(details.path("release").asText()).isEqualTo("podinfo@2.0.0");
        assertThat(details.path("runbook").asText()).isEqualTo("http://docs/runbooks/SlipwayStuck.md");
        assertThat(event.path("links").findValuesAsText("href"))
                .containsExactly(
                        "http://docs/runbooks/SlipwayStuck.md",
                        "http://temporal/workflows/podinfo%3Aproduction",
                        "http://temporal/workflows/podinfo%402.0.0");
        assertThat(event.path("client").asText()).isEqualTo("Slipway");
    }

    @Test
    void aPageAndItsEndHaveTheSameKeyHoweverOftenTheyAreSent() {
        PagerDutyPager pager = pager();
        PageOrder page = stuck("broken");
        pagerDuty.losingTheAnswer();

        assertThatExceptionOfType(ApplicationFailure.class).isThrownBy(() -> pager.trigger(page));
        Delivery delivery = pager.trigger(page);
        pager.resolve(page, delivery, "the undo is complete");

        assertThat(pagerDuty.accepted())
                .extracting(e -> e.text("event_action").orElse(""))
                .containsExactly("trigger", "trigger", "resolve");
        assertThat(pagerDuty.accepted())
                .extracting(e -> e.text("dedup_key").orElse(""))
                .containsOnly("page:podinfo@2.0.0:stuck");
    }

    @Test
    void aPageBesideThatOfAnotherEnvironmentIsAnIncidentOfItsOwnFromItsCallToItsEnd() {
        PagerDutyPager pager = pager();
        PageOrder beside = stuck("broken").asBeside();

        pager.resolve(beside, pager.trigger(beside), "the undo is complete");

        assertThat(pagerDuty.accepted())
                .extracting(e -> e.text("dedup_key").orElse(""))
                .containsExactly("page:podinfo@2.0.0:stuck:production", "page:podinfo@2.0.0:stuck:production");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void whatMayBeAnotherTimeIsAFailureThatIsTriedAgain(int status) {
        pagerDuty.answering(status, "<html>no JSON</html>");

        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> pager().trigger(stuck("broken")))
                .matches(f -> f.getType().equals(FailureType.UNREACHABLE.name()) && !f.isNonRetryable())
                .matches(f -> f.getNextRetryDelay() == null)
                .withMessageContaining(String.valueOf(status));
        assertThat(pagerDuty.received()).as("one call is one request").hasSize(1);
    }

    @Test
    void whoIsAskedToComeLaterComesLater() {
        pagerDuty.tooMany("42");

        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> pager().trigger(stuck("broken")))
                .matches(f -> Duration.ofSeconds(42).equals(f.getNextRetryDelay()));
    }

    @Test
    void aConnectionThatIsClosedIsAFailureThatIsTriedAgain() {
        pagerDuty.hangingUp();

        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> pager().trigger(stuck("broken")))
                .matches(f -> f.getType().equals(FailureType.UNREACHABLE.name()) && !f.isNonRetryable());
        assertThat(pagerDuty.received()).as("one call is one request").hasSize(1);
    }

    @Test
    void whoNeverAnswersIsNotWaitedForAsLongAsAnActivityMayTake() {
        pagerDuty.silent();
        PagerDutyPager pager = pager(new RoutingKeys(keys.resolve("all"), Map.of()), Duration.ofMillis(200));

        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> pager.trigger(stuck("broken")))
                .matches(f -> f.getType().equals(FailureType.UNREACHABLE.name()));
        assertThat(PagerDutyClient.CONNECT.plus(PagerDutyClient.ANSWER)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void nobodyThereIsAFailureThatIsTriedAgain() {
        pagerDuty.close();

        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> pager().trigger(stuck("broken")))
                .matches(f -> f.getType().equals(FailureType.UNREACHABLE.name()) && !f.isNonRetryable());
    }

    @Test
    void whatIsRefusedIsSentOnceMoreWithItsSummaryAlone() {
        pagerDuty.answering(400, "{\"status\":\"invalid event\",\"message\":\"bad\",\"errors\":[\"links\"]}");

        Delivery delivery = pager().trigger(stuck("broken"));

        assertThat(delivery.accepted()).isTrue();
        assertThat(received(1).path("payload").fieldNames())
                .toIterable()
                .filteredOn(field -> !received(1).path("payload").path(field).isNull())
                .containsExactlyInAnyOrder("summary", "source", "severity");
        assertThat(received(1).path("links").isEmpty()).isTrue();
        assertThat(received(1).path("dedup_key")).isEqualTo(received(0).path("dedup_key"));
        assertThat(errors()).isEmpty();
    }

    @Test
    void whatIsRefusedTwiceIsInTheLogAndSaidToBeRefused() throws IOException {
        Files.writeString(keys.resolve("all"), "not-a-key-of-pagerduty");
        PagerDutyPager pager = pager();
        PageOrder page = stuck("STABLE is not back");

        Delivery delivery = pager.trigger(page);
        pager.resolve(page, delivery, "the undo is complete");

        assertThat(delivery.accepted()).isFalse();
        assertThat(delivery.detail()).startsWith("400 ").containsIgnoringCase("invalid");
        assertThat(pagerDuty.received()).hasSize(2);
        assertThat(pagerDuty.accepted()).isEmpty();
        assertThat(errors())
                .anySatisfy(
                        line -> assertThat(line).isEqualTo("page opens: page:podinfo@2.0.0:stuck STABLE is not back"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 301, 401, 403, 404, 413})
    void nothingButAcceptedIsAnAcceptance(int status) {
        pagerDuty.answering(status, status == 204 ? "" : "{\"status\":\"success\",\"message\":\"Event processed\"}");

        Delivery delivery = pager().trigger(stuck("broken"));

        assertThat(delivery.accepted()).isFalse();
        assertThat(delivery.detail()).startsWith(status + " ");
    }

    @Test
    void aPageOfAnySizeIsAccepted() {
        Delivery delivery = pager().trigger(stuck("\u0001\"".repeat(400_000) + "😀".repeat(100_000)));

        assertThat(delivery.accepted()).isTrue();
        assertThat(pagerDuty.received()).hasSize(1);
        assertThat(received(0).path("payload").path("summary").asText()).hasSizeLessThanOrEqualTo(1024);
    }

    @Test
    void anEnvironmentWithAKeyOfItsOwnCallsItsOwnPeople() {
        PagerDutyPager pager = pager();

        pager.trigger(page(Alert.SlipwayHolding, "staging", "waits"));
        pager.trigger(stuck("broken"));

        assertThat(received(0).path("routing_key").asText()).isEqualTo(OWN);
        assertThat(received(1).path("routing_key").asText()).isEqualTo(KEY);
    }

    @Test
    void anEnvironmentWithoutAKeyPagesIntoTheLog() {
        PagerDutyPager pager = pager(new RoutingKeys(null, Map.of("staging", keys.resolve("staging"))));

        Delivery delivery = pager.trigger(stuck("STABLE is not back"));
        pager.tell(promoted(""));

        assertThat(pagerDuty.received()).isEmpty();
        assertThat(delivery.accepted()).isTrue();
        assertThat(errors()).containsExactly("page opens: page:podinfo@2.0.0:stuck STABLE is not back");
    }

    @Test
    void aKeyIsRotatedByWritingItsFile() throws IOException {
        PagerDutyPager pager = pager();
        pager.trigger(stuck("broken"));
        Files.writeString(keys.resolve("all"), "");

        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> pager.trigger(stuck("broken")))
                .matches(f -> !f.isNonRetryable());
        Files.writeString(keys.resolve("all"), OWN);
        pager.trigger(stuck("broken"));

        assertThat(received(0).path("routing_key").asText()).isEqualTo(KEY);
        assertThat(received(1).path("routing_key").asText()).isEqualTo(OWN);
    }

    @Test
    void theKeyIsInNothingThatAPersonOrTemporalSees() {
        String echo = "{\"status\":\"invalid event\",\"message\":\"no service has " + KEY + "\",\"errors\":[\"" + KEY
                + "\"]}";
        pagerDuty.answering(400, echo).answering(400, echo).answering(500, echo);
        PagerDutyPager pager = pager();

        Delivery refused = pager.trigger(stuck("broken"));

        assertThat(refused.detail()).contains("***").doesNotContain(KEY);
        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> pager.trigger(stuck("broken")))
                .matches(f -> !String.valueOf(f.getCause()).contains(KEY))
                .withMessageNotContaining(KEY);
        assertThat(logged.list)
                .isNotEmpty()
                .noneMatch(line -> line.getFormattedMessage().contains(KEY));
    }

    @Test
    void aPromotionIsAChangeAndCallsNobody() {
        Delivery delivery = pager().tell(promoted(""));

        assertThat(delivery.accepted()).isTrue();
        assertThat(pagerDuty.received().get(0).path()).isEqualTo("/v2/change/enqueue");
        JsonNode event = received(0);
        assertThat(event.path("routing_key").asText()).isEqualTo(KEY);
        assertThat(event.path("payload").path("summary").asText())
                .isEqualTo("podinfo@2.0.0 was promoted in production");
        assertThat(event.path("payload").path("source").asText()).isEqualTo("podinfo:production");
        assertThat(Instant.parse(event.path("payload").path("timestamp").asText()))
                .isBetween(Instant.parse("2026-11-22T03:00:00Z"), Instant.parse("2026-11-22T03:00:00.001Z"));
        assertThat(event.path("payload").path("custom_details").path("change").asText())
                .isEqualTo("change:podinfo@2.0.0:1:production:PROMOTED");
        assertThat(event.path("links").path(0).path("href").asText())
                .isEqualTo("http://temporal/workflows/podinfo%402.0.0");
    }

    @Test
    void anUndoIsAChangeWithItsReason() {
        pager().tell(promoted("errors: 3.1 % are bad"));

        assertThat(received(0).path("payload").path("summary").asText())
                .isEqualTo("podinfo@2.0.0 was put back in production: ROLLED_BACK, errors: 3.1 % are bad");
    }

    @Test
    void aChangeThatIsRefusedIsLeftToTheLogAndOneThatMayBeLaterIsTriedAgain() {
        pagerDuty.answering(400, "{}").answering(503, "");
        PagerDutyPager pager = pager();

        assertThat(pager.tell(promoted("")).accepted()).isFalse();
        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> pager.tell(promoted("")))
                .matches(f -> !f.isNonRetryable());
        assertThat(errors()).isEmpty();
    }
}
