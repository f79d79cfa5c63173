package dev.slipway.workflows.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StuckClockTest {
    private static final String QUEUE = "clock";

    @Test
    void anHourPassesAlthoughAChildHasEndedAfterItsParent() throws Exception {
        try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance()) {
            temporal.newWorker(QUEUE)
                    .registerWorkflowImplementationTypes(ParentImpl.class, ChildImpl.class, HourImpl.class);
            temporal.start();
            WorkflowClient client = temporal.getWorkflowClient();
            WorkflowStub parent = start(client, "Parent");
            WorkflowExecution child = parent.getResult(WorkflowExecution.class);
            client.newUntypedWorkflowStub(child.getWorkflowId()).getResult(Void.class);

            WorkflowStub hour = start(client, "Hour");
            String passed = new StuckClock(temporal).result(hour, Duration.ofMinutes(5), String.class);

            assertThat(passed).isEqualTo("passed");
        }
    }

    private static WorkflowStub start(WorkflowClient client, String type) {
        WorkflowStub stub = client.newUntypedWorkflowStub(
                type, WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
        stub.start();
        return stub;
    }

    @WorkflowInterface
    public interface Parent {
        @WorkflowMethod
        WorkflowExecution run();
    }

    @WorkflowInterface
    public interface Child {
        @WorkflowMethod
        void run();
    }

    @WorkflowInterface
    public interface Hour {
        @WorkflowMethod
        String run();
    }

    /** Ends as soon as its child has begun. */
    public static final class ParentImpl implements Parent {
        @Override
        public WorkflowExecution run() {
            Child child = Workflow.newChildWorkflowStub(
                    Child.class,
                    ChildWorkflowOptions.newBuilder()
                            .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                            .build());
            var unused = Async.procedure(child::run);
            return Workflow.getWorkflowExecution(child).get();
        }
    }

    public static final class ChildImpl implements Child {
        @Override
        public void run() {
            Workflow.sleep(Duration.ofMinutes(1));
        }
    }

    public static final class HourImpl implements Hour {
        @Override
        public String run() {
            Workflow.sleep(Duration.ofHours(1));
            return "passed";
        }
    }
}
