package dev.slipway.activities.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.Drain;
import dev.slipway.workflows.api.Slot;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlotActivitiesTest {
    private static final String SLOT = "podinfo:production";
    private final Drain drain = new Drain();
    private final TestActivityEnvironment activities = TestActivityEnvironment.newInstance();
    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();

    /** Something that holds a slot until it is told to end. */
    @WorkflowInterface
    public interface Holder {
        @WorkflowMethod
        String hold();

        @SignalMethod
        void end();
    }

    /** Holds, and ends well. */
    public static class HolderWorkflowImpl implements Holder {
        private boolean ended;

        @Override
        public String hold() {
            Workflow.await(() -> ended);
            return "done";
        }

        @Override
        public void end() {
            ended = true;
        }
    }

    @AfterEach
    void close() {
        activities.close();
        temporal.close();
    }

    @Test
    void returnsWhenNothingRunsInTheSlotAnyMore() {
        List<Boolean> looks = new ArrayList<>(List.of(true, true, false));
        await((workflow, run) -> looks.remove(0));

        assertThat(looks).isEmpty();
    }

    @Test
    void endsARetryableWayWhenTheWorkerDrains() {
        drain.request();

        assertThatThrownBy(() -> await((workflow, run) -> true))
                .cause()
                .isInstanceOf(ApplicationFailure.class)
                .matches(e -> ((ApplicationFailure) e).getType().equals("DRAINING"))
                .matches(e -> !((ApplicationFailure) e).isNonRetryable());
    }

    @Test
    void aSlotThatNobodyEverTookIsFree() {
        assertThat(new TemporalWorkflowRuns(temporal.getWorkflowClient()).mayRun(SLOT, ""))
                .isFalse();
    }

    @Test
    void aSlotIsTakenWhileAWorkflowRunsAndFreeAfterItEndedHoweverItEnded() {
        temporal.newWorker("queue").registerWorkflowImplementationTypes(HolderWorkflowImpl.class);
        temporal.start();
        TemporalWorkflowRuns runs = new TemporalWorkflowRuns(temporal.getWorkflowClient());
        Holder holder = holder();
        WorkflowClient.start(holder::hold);
        holder.end();

        // the long poll ends with the run, well or not; the next look finds nobody
        awaitFree(runs);

        WorkflowClient.start(holder()::hold);
        WorkflowStub second = temporal.getWorkflowClient().newUntypedWorkflowStub(SLOT);
        second.terminate("by hand");
        awaitFree(runs);
    }

    @Test
    void whatTemporalCannotTellIsTakenAsRunning() {
        TemporalWorkflowRuns runs = new TemporalWorkflowRuns(temporal.getWorkflowClient());
        temporal.close();

        assertThat(runs.mayRun(SLOT, "")).isTrue();
    }

    private static void awaitFree(TemporalWorkflowRuns runs) {
        int looks = 0;
        while (runs.mayRun(SLOT, "")) {
            assertThat(++looks).isLessThan(10);
        }
    }

    private Holder holder() {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        Holder.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue("queue")
                                .setWorkflowId(SLOT)
                                .build());
    }

    private void await(WorkflowRuns runs) {
        activities.registerActivitiesImplementations(new SlotActivities(runs, drain));
        activities.newActivityStub(Slot.class).awaitClosed(SLOT, "");
    }
}
