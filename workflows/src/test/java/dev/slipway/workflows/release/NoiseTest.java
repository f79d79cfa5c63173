package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Actor;
import dev.slipway.model.Fact;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.Denied;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.SignedDecision;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said to a stage past the starter, again and again, or at length. */
class NoiseTest {
    private static final String GATE = "production/approve";
    private static final int MANY = 30;

    @Test
    void whatIsSaidByHandWithoutEndIsOnRecordFiftyTimesAndOnceThatThereIsMore() {
        try (Scenario slipway = new Scenario("production")) {
            ReleaseOrder order = asking(slipway);

            for (int i = 0; i < MANY; i++) {
                slipway.stage(order, "production").decided(forged(order, "no " + i));
                slipway.stage(order, "production").attested(null);
                slipway.stage(order, "production").denied(new Denied(GATE, "eve", "APPROVE", "first " + i));
                slipway.stage(order, "production").denied(new Denied(GATE, "eve", "APPROVE", "then " + i));
            }
            approve(slipway, order);

            assertThat(slipway.end(order).outcome().word()).isEqualTo("PROMOTED");
            for (Fact.Kind kind : List.of(Fact.Kind.IGNORED, Fact.Kind.DENIED)) {
                assertThat(slipway.records.of(kind)).as(kind.name()).hasSize(51);
                assertThat(slipway.records.of(kind))
                        .extracting(Fact::what)
                        .filteredOn(what -> what.startsWith("more came and is not on record: there are 50 such facts"))
                        .containsExactly(slipway.records.of(kind).get(50).what());
            }
            assertThat(slipway.records.of(Fact.Kind.DECIDED)).hasSize(1);
        }
    }

    /** Cut in the middle of a character it could be written nowhere, and the stage would stand still. */
    @Test
    void aTextWithoutEndIsCutBetweenItsCharacters() {
        try (Scenario slipway = new Scenario("production")) {
            ReleaseOrder order = asking(slipway);

            slipway.stage(order, "production").decided(forged(order, "\ud83d\ude80".repeat(5000)));
            approve(slipway, order);

            assertThat(slipway.end(order).outcome().word()).isEqualTo("PROMOTED");
            assertThat(slipway.records.of(Fact.Kind.IGNORED))
                    .singleElement()
                    .satisfies(fact -> assertThat(fact.details().get("reason"))
                            .hasSize(1000)
                            .endsWith("\ud83d\ude80?..."));
        }
    }

    private static ReleaseOrder asking(Scenario slipway) {
        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 10));
        slipway.awaitPhase(order, "production", "WAITING");
        return order;
    }

    private static void approve(Scenario slipway, ReleaseOrder order) {
        slipway.stage(order, "production").decide(slipway.vote(order, GATE, "approver-1", Decision.Choice.APPROVE));
    }

    private static SignedDecision forged(ReleaseOrder order, String reason) {
        Decision decision = new Decision(
                order.release(),
                order.attempt(),
                GATE,
                order.digests().fingerprint(),
                new Actor("eve", Set.of("deployers")),
                Decision.Choice.APPROVE,
                reason,
                "nonce",
                Instant.EPOCH);
        return new SignedDecision(decision, "k1", "bm8gc2lnbmF0dXJl");
    }
}
