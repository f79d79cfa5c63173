package dev.slipway.workflows.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.Change;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told to those who look for the cause of an incident. */
class ChangeTest {
    private final Scenario slipway = new Scenario("development", "production");

    @AfterEach
    void close() {
        slipway.close();
    }

    private void isTold() {
        slipway.sleepUntil(
                Duration.ofHours(1),
                "a change is told",
                () -> !slipway.pager.changes().isEmpty());
    }

    @Test
    void aPromotionIsToldOnceAndOnlyWhereItMatters() {
        slipway.cluster.running("development", "podinfo", "1.0.0").running("production", "podinfo", "1.0.0");

        slipway.end(slipway.start("2.0.0", Plans.rolling("development"), Plans.canary("production", List.of(), 50)));

        isTold();
        assertThat(slipway.pager.changes())
                .extracting(Change::sentence)
                .containsExactly("podinfo@2.0.0 was promoted in production");
        assertThat(slipway.pager.pages()).isEmpty();
    }

    @Test
    void anUndoIsToldWithItsReason() {
        slipway.cluster.running("production", "podinfo", "1.0.0").neverReady("2.0.0");

        slipway.end(slipway.start("2.0.0", Plans.rolling("production")));

        isTold();
        assertThat(slipway.pager.changes()).singleElement().satisfies(change -> {
            assertThat(change.outcome()).isEqualTo("ROLLED_BACK");
            assertThat(change.sentence()).startsWith("podinfo@2.0.0 was put back in production: ROLLED_BACK, ");
        });
    }

    @Test
    void nothingIsToldWhenNothingWasTouched() {
        slipway.cluster.running("production", "podinfo", "1.0.0");

        assertThat(slipway.end(slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 50)))
                        .outcome()
                        .word())
                .isEqualTo("EXPIRED");
        slipway.end(slipway.start("3.0.0", Plans.rolling("production")));

        isTold();
        assertThat(slipway.pager.changes())
                .extracting(Change::sentence)
                .containsExactly("podinfo@3.0.0 was promoted in production");
    }

    @Test
    void aReleaseEndsWhileNobodyListensAndItsChangeIsToldLater() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        slipway.pager.away(true);

        assertThat(slipway.end(slipway.start("2.0.0", Plans.rolling("production")))
                        .outcome()
                        .word())
                .isEqualTo("PROMOTED");
        Scenario.awaitThat("it is tried", () -> slipway.pager.asked() > 0);
        assertThat(slipway.pager.changes()).isEmpty();
        slipway.pager.away(false);

        isTold();
        assertThat(slipway.pager.changes()).hasSize(1);
    }

    @Test
    void whatARecoveryPutsBackIsToldInPlaceOfTheStageThatIsGone() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        slipway.watch.then(Verdict.inconclusive("too few requests"));
        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 25, 50));
        slipway.awaitPhase(order, "production", "HOLDING");
        slipway.terminateBoth(order, "production");

        slipway.recover("production", false);
        slipway.recovered("production");

        Scenario.awaitThat("it is told", () -> !slipway.pager.changes().isEmpty());
        assertThat(slipway.pager.changes()).extracting(Change::outcome).containsExactly("ROLLED_BACK");
    }
}
