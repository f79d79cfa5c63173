package dev.slipway.workflows.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Actor;
import dev.slipway.model.Alert;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.PageOrder;
import dev.slipway.workflows.api.PageWorkflow;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a page when its pager is away, or refuses it. */
class DeliveryTest {
    private static final Said AGAIN = new Said(new Actor("approver-1", Set.of("deployers")), "image pushed again");
    private static final String STUCK = "SlipwayStuck podinfo@2.0.0 development";
    private static final String PAGE = "page:podinfo@2.0.0:stuck";
    private final Scenario slipway = new Scenario("development");

    @AfterEach
    void close() {
        slipway.close();
    }

    private ReleaseOrder stuck() {
        slipway.cluster
                .running("development", "podinfo", "1.0.0")
                .neverReady("2.0.0")
                .failingRestores(1);
        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development"));
        slipway.awaitPhase(order, "development", "STUCK");
        return order;
    }

    private String details() {
        return slipway.client()
                .newUntypedWorkflowStub(PAGE)
                .query("__temporal_workflow_metadata", WorkflowMetadata.class)
                .getCurrentDetails();
    }

    private void isPaged(int times) {
        slipway.sleepUntil(
                Duration.ofHours(3),
                times + " pages",
                () -> slipway.pager.pages().size() >= times);
    }

    @Test
    void aReleaseEndsWhileThePagerIsAwayAndItsPageIsSentWhenThePagerIsBack() {
        slipway.pager.away(true);
        ReleaseOrder order = stuck();
        Scenario.awaitThat("the page is tried", () -> slipway.pager.asked() > 0);
        assertThat(details()).contains("SlipwayStuck").contains("Delivery: not delivered yet");
        slipway.stage(order, "development").retryUndo(AGAIN);

        assertThat(slipway.end(order).outcome().word()).isEqualTo("ROLLED_BACK");
        assertThat(slipway.pager.pages()).isEmpty();
        slipway.pager.away(false);

        isPaged(2);
        assertThat(slipway.pager.pages()).containsExactly(STUCK, "resolved " + STUCK);
    }

    @Test
    void aPageIsTriedForDays() {
        slipway.pager.away(true);
        stuck();
        slipway.sleep(Duration.ofDays(3));
        slipway.pager.away(false);

        isPaged(1);
        assertThat(slipway.pager.pages()).containsExactly(STUCK);
    }

    @Test
    void aRefusedPageSaysSoAndIsSentAgainEveryHour() {
        slipway.pager.refusing("400 Invalid routing key");
        ReleaseOrder order = stuck();
        slipway.awaitPage("refused " + STUCK);
        Scenario.awaitThat("it says so", () -> details().contains("**not delivered**"));
        assertThat(details()).contains("400 Invalid routing key");
        slipway.pager.refusing("");

        isPaged(2);
        Scenario.awaitThat("it says so", () -> details().contains("Delivery: the test has it"));
        slipway.stage(order, "development").retryUndo(AGAIN);
        slipway.end(order);
        isPaged(3);
        assertThat(slipway.pager.pages()).containsExactly("refused " + STUCK, STUCK, "resolved " + STUCK);
    }

    @Test
    void aRefusedPageIsNotClosedWhereItWasNeverOpened() {
        slipway.pager.refusing("400 Invalid routing key");
        ReleaseOrder order = stuck();
        slipway.awaitPage("refused " + STUCK);
        slipway.stage(order, "development").retryUndo(AGAIN);
        slipway.end(order);

        isPaged(2);
        assertThat(slipway.pager.pages()).containsExactly("refused " + STUCK, "let go of " + STUCK);
    }

    @Test
    void aStageThatHasEndedNeedsNobodyAnyMoreWhicheverWayItEnded() {
        slipway.cluster.running("development", "podinfo", "1.0.0");
        slipway.watch.then(Verdict.inconclusive("too few requests"));
        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development", Plans.soak(Duration.ofHours(1))));
        slipway.awaitPage("SlipwayHolding podinfo@2.0.0 development");
        slipway.release(order).abort(AGAIN);
        slipway.end(order);

        isPaged(2);
        assertThat(slipway.pager.pages())
                .containsExactly(
                        "SlipwayHolding podinfo@2.0.0 development",
                        "resolved SlipwayHolding podinfo@2.0.0 development");
    }

    @Test
    void aStormOfTheSameAlertIsOnePage() {
        PageOrder order = new PageOrder(
                ReleaseId.parse("podinfo@2.0.0"), new EnvironmentName("development"), Alert.SlipwayStuck, "broken");
        PageWorkflow page = slipway.client()
                .newWorkflowStub(
                        PageWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.CONTROL)
                                .setWorkflowId(order.id())
                                .build());
        WorkflowClient.start(page::run, order);
        for (int i = 0; i < 100; i++) {
            page.open(order);
        }
        slipway.awaitPage(STUCK);
        page.resolve("repaired", order.environment());
        slipway.client().newUntypedWorkflowStub(order.id()).getResult(Void.class);

        assertThat(slipway.pager.pages()).containsExactly(STUCK, "resolved " + STUCK);
    }
}
