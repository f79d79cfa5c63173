package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.workflows.api.Announcement;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.Denied;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.SignedDecision;
import dev.slipway.workflows.api.Sink;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What stays known of a release, and what a channel hears of it. */
class TellingsTest {
    private static final String GATE = "production/approve";

    @Test
    void whoRequestedWhatAndWhoDecidedAndHowItEndedIsOnRecord() {
        try (Scenario slipway = new Scenario("production")) {
            ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 10));
            slipway.awaitPhase(order, "production", "WAITING");
            slipway.stage(order, "production").decide(vote(slipway, order, "approver-1"));

            assertThat(slipway.end(order).outcome().word()).isEqualTo("PROMOTED");

            assertThat(slipway.records.facts())
                    .contains(
                            "REQUESTED podinfo@2.0.0 attempt 1 requested by ci",
                            "ASKED 0 of 1 approvals from deployers",
                            "DECIDED approver-1 approved at production/approve",
                            "ENDED PROMOTED")
                    .anyMatch(fact -> fact.equals("JUDGED soak PASSED"));
            assertThat(slipway.records.of(Fact.Kind.DECIDED))
                    .singleElement()
                    .satisfies(fact -> assertThat(fact.details())
                            .containsEntry("by", "approver-1")
                            .containsKeys("nonce", "signature", "fingerprint"));
            assertThat(slipway.records.numbers())
                    .as("none is missing, none is there twice")
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, slipway.records.numbers().size())
                                    .boxed()
                                    .toList());
        }
    }

    @Test
    void recordsThatAreAwayHoldNothingUpAndHearEverythingLater() {
        try (Scenario slipway = new Scenario("production")) {
            slipway.records.away(true);
            ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("production"));

            assertThat(slipway.end(order).outcome().word()).isEqualTo("PROMOTED");
            assertThat(slipway.records.facts()).isEmpty();
            assertThat(slipway.records.refused()).isPositive();

            slipway.records.away(false);
            slipway.sleepUntil(
                    Duration.ofMinutes(10),
                    "everything is on record",
                    () -> slipway.records.facts().contains("ENDED PROMOTED"));
            assertThat(slipway.records.facts()).startsWith("REQUESTED podinfo@2.0.0 attempt 1 requested by ci");
        }
    }

    @Test
    void recordsThatRefuseForGoodHoldNothingUpEither() {
        try (Scenario slipway = new Scenario("production")) {
            slipway.records.contradicted();
            ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("production"));

            assertThat(slipway.end(order).outcome().word()).isEqualTo("PROMOTED");
            slipway.sleepUntil(
                    Duration.ofMinutes(10),
                    "it was said again at the end, and not for ever",
                    () -> slipway.records.refused() == 2);
        }
    }

    @Test
    void aChannelThatIsAwayHearsTheLatestLater() {
        try (Scenario slipway = new Scenario("production")) {
            slipway.channel.away(true);
            ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("production"));

            assertThat(slipway.end(order).outcome().word()).isEqualTo("PROMOTED");
            assertThat(slipway.records.facts())
                    .as("nor are the records held up")
                    .contains("ENDED PROMOTED");

            slipway.channel.away(false);
            slipway.sleepUntil(
                    Duration.ofMinutes(10),
                    "the channel has heard",
                    () -> slipway.channel.heard().stream()
                            .anyMatch(announcement -> announcement.view().phase() == Phase.DONE));
            assertThat(slipway.channel.heard())
                    .as("one message")
                    .filteredOn(announcement -> announcement.before().isEmpty())
                    .hasSize(1);
        }
    }

    @Test
    void aSinkThatIsAwayHoldsNobodyUpAndHearsEverythingLater() {
        try (Scenario slipway = new Scenario("production")) {
            slipway.sinks.away(true);
            ReleaseOrder order = slipway.start(
                    Plans.telling(Plans.order("2.0.0", Map.of(), Plans.rolling("production")), Sink.CDEVENTS));

            assertThat(slipway.end(order).outcome().word()).isEqualTo("PROMOTED");
            assertThat(slipway.records.facts()).contains("ENDED PROMOTED");
            assertThat(slipway.sinks.facts()).isEmpty();

            slipway.sinks.away(false);
            slipway.sleepUntil(
                    Duration.ofMinutes(10),
                    "the sink has heard the end",
                    () -> slipway.sinks.facts().contains("ENDED PROMOTED"));
            assertThat(slipway.sinks.facts()).containsExactlyElementsOf(slipway.records.facts());
        }
    }

    @Test
    void aSinkIsToldWhatTheRecordsAreToldAndOnlyWhenTheOrderNamesIt() {
        try (Scenario slipway = new Scenario("production")) {
            slipway.end(slipway.start("1.0.0", Plans.rolling("production")));
            assertThat(slipway.sinks.facts()).isEmpty();

            ReleaseOrder order = slipway.start(
                    Plans.telling(Plans.order("2.0.0", Map.of(), Plans.rolling("production")), Sink.CDEVENTS));
            slipway.end(order);

            assertThat(slipway.sinks.facts())
                    .startsWith("REQUESTED podinfo@2.0.0 attempt 1 requested by ci")
                    .endsWith("ENDED PROMOTED");
        }
    }

    @Test
    void theChannelsMessageIsMadeOnceAndBroughtUpToDate() {
        try (Scenario slipway = new Scenario("production")) {
            ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 10));
            slipway.awaitPhase(order, "production", "WAITING");
            slipway.stage(order, "production").decide(vote(slipway, order, "approver-1"));
            slipway.end(order);

            List<Announcement> heard = slipway.channel.heard();
            assertThat(heard.get(0).before()).isEmpty();
            assertThat(heard.subList(1, heard.size()))
                    .isNotEmpty()
                    .allMatch(announcement -> announcement.before().isPresent());
            assertThat(heard.get(heard.size() - 1).view().outcome()).isEqualTo("PROMOTED");
        }
    }

    @Test
    void aDecisionThatIsSignalledPastTheStarterChangesNothingAndIsOnRecord() {
        try (Scenario slipway = new Scenario("production")) {
            ReleaseOrder order = slipway.start(Plans.writtenBy(
                    slipway.order("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 10)), "approver-2"));
            slipway.awaitPhase(order, "production", "WAITING");
            SignedDecision signed = vote(slipway, order, "approver-1");

            slipway.stage(order, "production")
                    .decided(new SignedDecision(signed.decision(), signed.keyId(), "bm8gc2lnbmF0dXJl"));
            slipway.stage(order, "production").decided(vote(slipway, order, "ci"));
            slipway.stage(order, "production").decided(vote(slipway, order, "approver-2"));
            Scenario.awaitThat(
                    "all are on record",
                    () -> slipway.records.of(Fact.Kind.IGNORED).size() == 3);

            assertThat(slipway.records.of(Fact.Kind.IGNORED))
                    .extracting(fact -> fact.details().get("why"))
                    .satisfiesExactly(
                            why -> assertThat(why).contains("not signed by the starter"),
                            why -> assertThat(why).contains("requested this release"),
                            why -> assertThat(why).contains("approver-2 wrote what is released"));
            assertThat(slipway.records.of(Fact.Kind.REQUESTED)).singleElement().satisfies(fact -> {
                assertThat(fact.what()).endsWith("requested by ci, written by approver-2");
                assertThat(fact.details()).containsEntry("authors", "approver-2");
            });
            assertThat(slipway.stage(order, "production").view().waitingFor()).isEqualTo(GATE);
        }
    }

    @Test
    void aSignalThatLacksEverythingIsOnRecordAndHarmsNobody() {
        try (Scenario slipway = new Scenario("production")) {
            ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 10));
            slipway.awaitPhase(order, "production", "WAITING");

            slipway.stage(order, "production").decided(new SignedDecision(null, "key", "bm9uZQ=="));
            slipway.stage(order, "production").denied(null);
            slipway.stage(order, "production").decide(vote(slipway, order, "approver-1"));

            assertThat(slipway.end(order).outcome().word()).isEqualTo("PROMOTED");
            assertThat(slipway.records.of(Fact.Kind.IGNORED))
                    .singleElement()
                    .satisfies(fact -> assertThat(fact.details()).containsEntry("why", "it says nothing"));
            assertThat(slipway.records.of(Fact.Kind.DENIED)).hasSize(1);
        }
    }

    @Test
    void aVoteThatTheStarterTurnedAwayIsOnRecordAndNoNewsForTheGate() {
        try (Scenario slipway = new Scenario("production")) {
            ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 10));
            slipway.awaitPhase(order, "production", "WAITING");

            slipway.stage(order, "production").denied(new Denied(GATE, "ci", "APPROVE", "ci requested it"));
            Scenario.awaitThat(
                    "it is on record",
                    () -> !slipway.records.of(Fact.Kind.DENIED).isEmpty());

            assertThat(slipway.records.facts()).contains("DENIED a vote of ci was turned away: ci requested it");
            assertThat(slipway.records.of(Fact.Kind.DECIDED)).isEmpty();
            assertThat(slipway.stage(order, "production").view().waitingFor()).isEqualTo(GATE);
        }
    }

    @Test
    void aDecisionOfTheStarterCountsAsASignalToo() {
        try (Scenario slipway = new Scenario("production")) {
            ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 10));
            slipway.awaitPhase(order, "production", "WAITING");
            SignedDecision twice = vote(slipway, order, "approver-1");

            slipway.stage(order, "production").decided(twice);

            assertThat(slipway.end(order).outcome().word()).isEqualTo("PROMOTED");
            assertThat(slipway.records.of(Fact.Kind.DECIDED)).hasSize(1);
        }
    }

    private static SignedDecision vote(Scenario slipway, ReleaseOrder order, String person) {
        return slipway.vote(order, GATE, person, Decision.Choice.APPROVE);
    }
}
