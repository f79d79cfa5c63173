package dev.slipway.starter;

import dev.slipway.model.Digest;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseWorkflow;
import dev.slipway.workflows.api.SearchAttributes;
import dev.slipway.workflows.api.TaskQueues;
import io.grpc.Status;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Starts the workflow of a release, or joins it, in one step. */
@Component
class Launch {
    private static final int SUMMARY = 180;
    private static final String WORKFLOW = "Release";

    private final WorkflowClient client;
    private final Temporal temporal;

    Launch(WorkflowClient client, Temporal temporal) {
        this.client = client;
        this.temporal = temporal;
    }

    /**
     * Starts it when none with this id runs, and asks the one that runs whether this is the same submission.
     *
     * @param again whether an attempt that ended may be followed by this one
     * @return the attempt that runs
     * @throws io.temporal.client.WorkflowUpdateException when another submission runs
     * @throws WorkflowExecutionAlreadyStarted when one ended meanwhile and {@code again} is false
     */
    int attach(ReleaseOrder order, boolean again) {
        ReleaseWorkflow release = client.newWorkflowStub(ReleaseWorkflow.class, options(order, again));
        Digest fingerprint = order.digests().fingerprint();
        UpdateOptions<Integer> update = UpdateOptions.newBuilder(Integer.class).build();
        try {
            return temporal.say(() -> WorkflowClient.executeUpdateWithStart(
                    release::attach,
                    fingerprint,
                    order.supersede(),
                    update,
                    new WithStartWorkflowOperation<>(release::run, order)));
        } catch (WorkflowServiceException failure) {
            // of an update with start the SDK does not say it as of a start alone
            throw Status.fromThrowable(failure).getCode() == Status.Code.ALREADY_EXISTS
                    ? new WorkflowExecutionAlreadyStarted(failure.getExecution(), WORKFLOW, failure)
                    : failure;
        }
    }

    private static WorkflowOptions options(ReleaseOrder order, boolean again) {
        ReleaseId id = order.release();
        return WorkflowOptions.newBuilder()
                .setWorkflowId(id.toString())
                .setTaskQueue(TaskQueues.CONTROL)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setWorkflowIdReusePolicy(
                        again
                                ? WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE
                                : WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributes.SERVICE, id.service().value())
                        .set(SearchAttributes.VERSION, id.version().value())
                        .set(SearchAttributes.PHASE, "QUEUED")
                        .build())
                .setMemo(Map.of(Submission.MEMO, Submission.of(order)))
                .setStaticSummary(summary(order))
                .setStaticDetails(details(order))
                .build();
    }

    private static String summary(ReleaseOrder order) {
        String path = order.plan().stages().stream()
                .map(stage -> stage.environment().name().value())
                .collect(Collectors.joining(" -> "));
        String text = "attempt " + order.attempt() + ": " + path + ", by "
                + order.requestedBy().subject();
        return text.length() <= SUMMARY ? text : text.substring(0, SUMMARY);
    }

    private static String details(ReleaseOrder order) {
        return "| | |\n|---|---|\n| Requested by | "
                + order.requestedBy().subject().replace("|", "/")
                + " |\n| Image | " + order.image().repository() + ":"
                + order.image().tag()
                + " |\n| Image digest | " + order.digests().image()
                + " |\n| Chart digest | " + order.digests().chart()
                + " |\n| Values digest | " + order.digests().values()
                + " |\n| Pipeline digest | " + order.digests().pipeline()
                + " |\n| Bundle | " + order.bundle().digest() + " |\n";
    }
}
