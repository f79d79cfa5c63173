package dev.slipway.starter;

import dev.slipway.encryption.UnreadablePayloadException;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.SearchAttributes;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.SearchAttributeKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    /** @throws UnreadablePayloadException when its submission cannot be decrypted here */
    static Run of(WorkflowExecutionMetadata metadata) {
        return of(metadata, submission(metadata));
    }

    /** For lists: one that cannot be decrypted here must not hide all others. */
    static Run listed(WorkflowExecutionMetadata metadata) {
        try {
            return of(metadata);
        } catch (UnreadablePayloadException unreadable) {
            LOG.warn("{}: {}", metadata.getExecution().getWorkflowId(), unreadable.getMessage());
            return of(metadata, Optional.empty());
        }
    }

    private static Optional<Submission> submission(WorkflowExecutionMetadata metadata) {
        return Optional.ofNullable((Submission) metadata.getMemo(Submission.MEMO, Submission.class));
    }

    private static Run of(WorkflowExecutionMetadata metadata, Optional<Submission> submission) {
        return new Run(
                ReleaseId.parse(metadata.getExecution().getWorkflowId()),
                metadata.getExecution().getRunId(),
                metadata.getStatus(),
                submission,
                attribute(metadata, SearchAttributes.PHASE).orElse(""),
                attribute(metadata, SearchAttributes.WAITING_FOR).orElse(""),
                attribute(metadata, SearchAttributes.OUTCOME).orElse(null),
                metadata.getStartTime(),
                metadata.getCloseTime());
    }

    boolean running() {
        return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    /** Whether it has its outcome and stays a few seconds more, to tell the records. */
    boolean ending() {
        return running() && outcome != null;
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
