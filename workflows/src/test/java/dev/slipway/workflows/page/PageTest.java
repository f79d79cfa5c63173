package dev.slipway.workflows.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Actor;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import dev.slipway.workflows.testing.Turnstile;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final Said AGAIN = new Said(new Actor("approver-1", Set.of("deployers")), "image pushed again");
    private static final String STUCK = "SlipwayStuck podinfo@2.0.0 development";
    private final Scenario slipway = new Scenario("development");

    @BeforeEach
    void anUndoThatFailsTwice() {
        slipway.cluster
                .running("development", "podinfo", "1.0.0")
                .neverReady("2.0.0")
                .failingRestores(2);
    }

    @AfterEach
    void close() {
        slipway.close();
    }

    @Test
    void pagesAgainForAStageThatIsStuckAgainWhileTheOldPageIsStillBeingClosed() {
        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development"));
        slipway.awaitPhase(order, "development", "STUCK");
        slipway.awaitPage(STUCK);
        Turnstile.Held closing = slipway.turnstile.hold("Pager_Resolve");
        slipway.stage(order, "development").retryUndo(AGAIN);
        closing.awaitArrival();
        Scenario.awaitThat("the undo has failed twice", () -> slipway.cluster.failedRestores() == 2);
        slipway.awaitPhase(order, "development", "STUCK");
        closing.letPass();

        aSecondPageOpensAndCloses(order);
    }

    @Test
    void pagesAgainForAStageThatIsStuckAgainAfterThePageWasClosed() {
        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development"));
        slipway.awaitPhase(order, "development", "STUCK");
        slipway.awaitPage(STUCK);
        slipway.stage(order, "development").retryUndo(AGAIN);
        aSecondPageOpensAndCloses(order);
    }

    private void aSecondPageOpensAndCloses(ReleaseOrder order) {
        Scenario.awaitThat("the second page is out", () -> slipway.pager.pages().size() >= 3);
        slipway.stage(order, "development").retryUndo(AGAIN);
        slipway.end(order);
        Scenario.awaitThat(
                "the second page is closed", () -> slipway.pager.pages().size() >= 4);
        assertThat(slipway.pager.pages()).containsExactly(STUCK, "resolved " + STUCK, STUCK, "resolved " + STUCK);
    }
}
