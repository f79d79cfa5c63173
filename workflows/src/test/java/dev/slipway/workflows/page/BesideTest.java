package dev.slipway.workflows.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Alert;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.PageOrder;
import dev.slipway.workflows.api.PageWorkflow;
import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.testing.Scenario;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One release, one kind, two environments: what was left in staging while production calls for somebody. */
class BesideTest {
    private static final PageOrder STAGING = stuck("staging");
    private static final PageOrder PRODUCTION = stuck("production");
    private static final String OF_STAGING = "SlipwayStuck podinfo@2.0.0 staging";
    private static final String OF_PRODUCTION = "SlipwayStuck podinfo@2.0.0 production";

    private final Scenario slipway = new Scenario("production");
    private PageWorkflow page;

    @AfterEach
    void close() {
        slipway.close();
    }

    private static PageOrder stuck(String environment) {
        return new PageOrder(
                ReleaseId.parse("podinfo@2.0.0"), new EnvironmentName(environment), Alert.SlipwayStuck, "broken");
    }

    private void bothOpen() {
        page = slipway.client()
                .newWorkflowStub(
                        PageWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.CONTROL)
                                .setWorkflowId(STAGING.id())
                                .build());
        WorkflowClient.start(page::run, STAGING);
        slipway.awaitPage(OF_STAGING);
        page.open(PRODUCTION);
        page.open(PRODUCTION);
        slipway.awaitPage(OF_PRODUCTION);
    }

    private void ends() {
        WorkflowStub.fromTyped(page).getResult(Void.class);
    }

    @Test
    void eachIsCalledForOnceAsAnIncidentOfItsOwn() {
        bothOpen();
        page.resolve("done", null);
        ends();

        assertThat(slipway.pager.pages())
                .containsExactlyInAnyOrder(
                        OF_STAGING, OF_PRODUCTION, "resolved " + OF_STAGING, "resolved " + OF_PRODUCTION);
        assertThat(slipway.pager.keys())
                .containsExactly("page:podinfo@2.0.0:stuck", "page:podinfo@2.0.0:stuck:production");
    }

    @Test
    void whatIsRecoveredInOneClosesNothingOfTheOther() {
        bothOpen();
        page.resolve("the slot was recovered", STAGING.environment());
        slipway.awaitPage("resolved " + OF_STAGING);
        page.open(STAGING);
        Scenario.awaitThat(
                "staging is called for again", () -> slipway.pager.pages().size() == 4);
        page.resolve("the undo is complete", PRODUCTION.environment());
        slipway.awaitPage("resolved " + OF_PRODUCTION);
        page.resolve("the undo is complete", STAGING.environment());
        ends();

        assertThat(slipway.pager.pages())
                .containsExactly(
                        OF_STAGING,
                        OF_PRODUCTION,
                        "resolved " + OF_STAGING,
                        OF_STAGING,
                        "resolved " + OF_PRODUCTION,
                        "resolved " + OF_STAGING);
        assertThat(slipway.pager.keys()).last().isEqualTo("page:podinfo@2.0.0:stuck");
    }

    @Test
    void whoClosesItByHandNamesNoEnvironmentAndClosesAll() {
        bothOpen();
        WorkflowStub.fromTyped(page).signal("open", (Object) null);
        WorkflowStub.fromTyped(page).signal("resolve", "by hand");
        ends();

        assertThat(slipway.pager.pages()).contains("resolved " + OF_STAGING, "resolved " + OF_PRODUCTION);
        assertThat(slipway.pager.reasons()).containsOnly("by hand");
    }

    @Test
    void anIncidentThatAPersonClosesIsNeverThatOfAnotherEnvironment() {
        PageOrder interfered = new PageOrder(
                STAGING.release(), STAGING.environment(), Alert.SlipwayInterfered, "somebody else changed it");

        assertThat(interfered.id()).isEqualTo("page:podinfo@2.0.0:interfered");
        assertThat(interfered.key()).isEqualTo("page:podinfo@2.0.0:interfered:staging");
    }
}
