package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An approval of three days, of which a day is left. */
class ApprovalExpiringTest {
    private static final String EXPIRING = "SlipwayApprovalExpiring podinfo@2.0.0 production";
    private final Scenario slipway = new Scenario("production");
    private ReleaseOrder order;

    @BeforeEach
    void anApprovalIsOpen() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 50));
        slipway.awaitPhase(order, "production", "WAITING");
    }

    @AfterEach
    void close() {
        slipway.close();
    }

    private void decide(Decision.Choice choice) {
        slipway.stage(order, "production").decide(slipway.vote(order, "production/approve", "approver-1", choice));
    }

    private void hoursPass(int hours) {
        slipway.sleep(Duration.ofHours(hours));
    }

    private void somebodyIsCalled() {
        slipway.sleepUntil(
                Duration.ofHours(3), EXPIRING, () -> slipway.pager.pages().contains(EXPIRING));
    }

    private void isPaged(int times) {
        Scenario.awaitThat(times + " pages", () -> slipway.pager.pages().size() >= times);
    }

    @Test
    void callsSomebodyOnceWhenAThirdOfItsTimeIsLeft() {
        hoursPass(47);
        assertThat(slipway.pager.pages()).isEmpty();
        somebodyIsCalled();
        decide(Decision.Choice.APPROVE);

        assertThat(slipway.end(order).outcome().word()).isEqualTo("PROMOTED");
        isPaged(2);
        assertThat(slipway.pager.pages()).containsExactly(EXPIRING, "resolved " + EXPIRING);
        assertThat(slipway.pager.summaries().get(0))
                .contains("production/approve", "0 of 1 approvals from deployers", "slipway approve podinfo@2.0.0")
                .contains("docs/runbooks/SlipwayApprovalExpiring.md");
    }

    @Test
    void needsNobodyAnyMoreAsSoonAsItIsDecided() {
        hoursPass(47);
        somebodyIsCalled();
        slipway.watch.then(Verdict.inconclusive("too few requests"));
        decide(Decision.Choice.APPROVE);
        slipway.awaitPhase(order, "production", "HOLDING");

        isPaged(3);
        assertThat(slipway.pager.pages())
                .containsExactlyInAnyOrder(EXPIRING, "resolved " + EXPIRING, "SlipwayHolding podinfo@2.0.0 production");
    }

    @Test
    void callsNobodyWhenItIsDecidedInTime() {
        hoursPass(47);
        decide(Decision.Choice.APPROVE);

        assertThat(slipway.end(order).outcome().word()).isEqualTo("PROMOTED");
        assertThat(slipway.pager.pages()).isEmpty();
    }

    @Test
    void needsNobodyAnyMoreWhenItHasExpired() {
        assertThat(slipway.end(order).outcome().word()).isEqualTo("EXPIRED");

        isPaged(2);
        assertThat(slipway.pager.pages()).containsExactly(EXPIRING, "resolved " + EXPIRING);
        assertThat(slipway.pager.reasons()).containsExactly("nobody decided in time");
    }

    @Test
    void needsNobodyAnyMoreWhenTheReleaseIsRejected() {
        hoursPass(47);
        somebodyIsCalled();
        decide(Decision.Choice.REJECT);

        assertThat(slipway.end(order).outcome().word()).isEqualTo("REJECTED");
        isPaged(2);
        assertThat(slipway.pager.pages()).containsExactly(EXPIRING, "resolved " + EXPIRING);
        assertThat(slipway.pager.reasons()).singleElement().asString().contains("approvals from deployers");
    }

    @Test
    void needsNobodyAnyMoreWhenTheReleaseIsCancelled() {
        hoursPass(47);
        somebodyIsCalled();
        slipway.cancel(order);
        slipway.awaitEnd(order);

        isPaged(2);
        assertThat(slipway.pager.pages()).containsExactly(EXPIRING, "resolved " + EXPIRING);
        assertThat(slipway.pager.reasons()).containsExactly("the stage has ended: ABORTED");
    }
}
