package dev.slipway.workflows.replay;

import dev.slipway.workflows.testing.Scenario;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.LinkedHashMap;
import java.util.Map;

/** The histories of some workflows and of all that they started, by workflow and run id. */
final class Family {
    private final Scenario slipway;
    private final Map<WorkflowExecution, WorkflowExecutionHistory> members = new LinkedHashMap<>();

    Family(Scenario slipway) {
        this.slipway = slipway;
    }

    Family with(String workflowId) {
        return with(WorkflowExecution.newBuilder().setWorkflowId(workflowId).build());
    }

    /** As {@link #with(String)}, when there is one. */
    Family withIfThere(String workflowId) {
        try {
            return with(workflowId);
        } catch (StatusRuntimeException none) {
            return this;
        }
    }

    private Family with(WorkflowExecution run) {
        if (!members.containsKey(run)) {
            WorkflowExecutionHistory history = slipway.history(run);
            members.put(run, history);
            history.getEvents().stream()
                    .filter(HistoryEvent::hasChildWorkflowExecutionStartedEventAttributes)
                    .map(event -> event.getChildWorkflowExecutionStartedEventAttributes()
                            .getWorkflowExecution())
                    .forEach(this::with);
        }
        return this;
    }

    Map<WorkflowExecution, WorkflowExecutionHistory> members() {
        return members;
    }
}
