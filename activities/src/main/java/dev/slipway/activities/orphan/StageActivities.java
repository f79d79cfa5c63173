package dev.slipway.activities.orphan;

import dev.slipway.workflows.api.SearchAttributes;
import dev.slipway.workflows.api.Stages;
import dev.slipway.workflows.api.Trace;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks Temporal for each run once a call. */
public final class StageActivities implements Stages {
    /** A person was told at the end of such a stage that something stays. */
    private static final Set<String> TOLD = Set.of("LEFT_AS_IS", "INTERFERED");

    private final WorkflowClient client;

    /**
     * @param client of the namespace in which the stages run
     */
    public StageActivities(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public List<Trace> orphaned(List<Trace> traces) {
        Map<String, Boolean> accounted = new HashMap<>();
        return traces.stream()
                .filter(trace -> !accounted.computeIfAbsent(
                        trace.slot() + " " + trace.stageRun(), key -> open(trace) || told(trace)))
                .toList();
    }

    /**
     * Whatever is open in the slot: the stage itself, the same stage under another run after a reset, a recovery, or one
     * that is about to be refused. What stays is found when that has ended.
     */
    private boolean open(Trace trace) {
        return describe(trace, Optional.empty())
                .filter(StageActivities::running)
                .isPresent();
    }

    private boolean told(Trace trace) {
        return describe(trace, Optional.of(trace.stageRun()))
                .map(stage -> TOLD.contains(
                        String.valueOf(stage.getTypedSearchAttributes().get(SearchAttributes.OUTCOME))))
                .orElse(false);
    }

    private static boolean running(WorkflowExecutionDescription workflow) {
        return workflow.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    private Optional<WorkflowExecutionDescription> describe(Trace trace, Optional<String> run) {
        try {
            return Optional.of(client.newUntypedWorkflowStub(trace.slot().toString(), run, Optional.empty())
                    .describe());
        } catch (WorkflowNotFoundException forgotten) {
            return Optional.empty();
        }
    }
}
