package dev.slipway.starter;

import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.SearchAttributes;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.SearchAttributeKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a release as Temporal itself knows it, without a worker.
 *
 * @param submission empty when it was not started by a starter
 * @param phase last one that the workflow told, empty when none
 */
record Run(
        ReleaseId release,
        String runId,
        WorkflowExecutionStatus status,
        Optional<Submission> submission,
        String phase,
        String waitingFor,
        @Nullable String outcome,
        Instant startedAt,
        @Nullable Instant endedAt) {

    static Run of(WorkflowExecutionMetadata metadata) {
        return new Run(
                ReleaseId.parse(metadata.getExecution().getWorkflowId()),
                metadata.getExecution().getRunId(),
                metadata.getStatus(),
                Optional.ofNullable((Submission) metadata.getMemo(Submission.MEMO, Submission.class)),
                attribute(metadata, SearchAttributes.PHASE).orElse(""),
                attribute(metadata, SearchAttributes.WAITING_FOR).orElse(""),
                attribute(metadata, SearchAttributes.OUTCOME).orElse(null),
                metadata.getStartTime(),
                metadata.getCloseTime());
    }

    boolean running() {
        return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    /** Whether it ended by its own word, not by somebody who closed it in Temporal. */
    boolean completed() {
        return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
    }

    /** Whether it was cancelled in Temporal: it has put everything back by its own code. */
    boolean cancelled() {
        return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED;
    }

    /** Such as {@code terminated}. */
    String closed() {
        return status.name()
                .replace("WORKFLOW_EXECUTION_STATUS_", "")
                .toLowerCase(java.util.Locale.ROOT)
                .replace('_', ' ');
    }

    int attempt() {
        return submission.map(Submission::attempt).orElse(1);
    }

    private static Optional<String> attribute(WorkflowExecutionMetadata metadata, SearchAttributeKey<String> key) {
        return Optional.ofNullable(metadata.getTypedSearchAttributes().get(key));
    }
}
