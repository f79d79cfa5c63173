package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.model.Environment;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ServiceName;
import dev.slipway.model.SlotId;
import dev.slipway.workflows.api.RecoveryOrder;
import dev.slipway.workflows.api.RecoveryView;
import dev.slipway.workflows.api.RecoveryWorkflow;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.SearchAttributes;
import dev.slipway.workflows.api.StageWorkflow;
import dev.slipway.workflows.api.TaskQueues;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Recoveries of slots whose stage is gone: started, joined, shown. */
@Component
class Recoveries {
    private final WorkflowClient client;
    private final Temporal temporal;
    private final Links links;
    private final List<Environment> environments;

    Recoveries(WorkflowClient client, Temporal temporal, Links links, Plans plans) {
        this.client = client;
        this.temporal = temporal;
        this.links = links;
        this.environments = plans.environments();
    }

    /** A recovery that runs now, as the stage whose words it understands. */
    record Running(SlotId slot, StageWorkflow workflow) {}

    /**
     * Starts a recovery, or joins the one that runs.
     *
     * @throws Refusal 404 not-found without such an environment, 409 slot-taken while a stage is open there
     */
    RecoveryAnswer recover(Actor actor, ServiceName service, EnvironmentName environment, RecoverRequest request) {
        Said asked = new Said(actor, request.why());
        RecoveryOrder order = new RecoveryOrder(service, configured(environment), asked, request.dry());
        SlotId slot = order.slot();
        RecoveryWorkflow recovery = client.newWorkflowStub(RecoveryWorkflow.class, options(order));
        try {
            WorkflowExecution started = temporal.say(() -> WorkflowClient.start(recovery::run, order));
            return see(slot, started.getRunId());
        } catch (WorkflowExecutionAlreadyStarted taken) {
            WorkflowExecutionDescription holder = describe(slot, null).orElseThrow(() -> taken);
            if (!recovers(holder)) {
                throw taken(slot, holder);
            }
            return see(slot, holder.getExecution().getRunId()).joined();
        }
    }

    private Environment configured(EnvironmentName name) {
        return environments.stream()
                .filter(environment -> environment.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("there is no environment " + name + "; there are "
                        + environments.stream().map(Environment::name).toList()));
    }

    private static Refusal taken(SlotId slot, WorkflowExecutionDescription holder) {
        String version = holder.getTypedSearchAttributes().get(SearchAttributes.VERSION);
        String release = version == null ? slot.service().value() : slot.service() + "@" + version;
        return Refusal.conflict(
                "slot-taken",
                "A stage runs in the slot",
                "a stage of " + release + " runs in " + slot + ", and puts back by itself what it has touched",
                version == null ? "slipway get" : "slipway get " + release + ", then slipway abort " + release);
    }

    /**
     * A recovery as it is now.
     *
     * @param run null for the latest
     * @throws Refusal 404 not-found when none was run there
     */
    RecoveryAnswer see(SlotId slot, @Nullable String run) {
        WorkflowExecutionDescription found = describe(slot, run)
                .filter(workflow -> workflow.getWorkflowType().equals(RecoveryWorkflow.TYPE))
                .orElseThrow(() -> Refusal.notFound("no recovery is known in " + slot));
        String id = found.getExecution().getRunId();
        Map<String, String> where = links.of(slot.toString(), id);
        if (found.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED) {
            WorkflowStub ended =
                    client.newUntypedWorkflowStub(slot.toString(), Optional.of(id), Optional.of(RecoveryWorkflow.TYPE));
            return RecoveryAnswer.of(slot, id, temporal.ask(() -> ended.getResult(RecoveryView.class)), where);
        }
        if (!recovers(found)) {
            String reason = "the recovery was closed in Temporal; run it again";
            return RecoveryAnswer.known(slot, id, Phase.STUCK, reason, where);
        }
        try {
            RecoveryWorkflow recovery =
                    client.newWorkflowStub(RecoveryWorkflow.class, slot.toString(), Optional.of(id));
            return RecoveryAnswer.of(slot, id, temporal.ask(recovery::view), where);
        } catch (WorkflowNotFoundException ended) {
            return see(slot, id);
        } catch (WorkflowException unanswered) {
            String reason = "no worker answered within " + temporal.patience()
                    + "; the recovery goes on when the control worker runs";
            return RecoveryAnswer.known(slot, id, Phase.QUEUED, reason, where);
        }
    }

    /** The recovery that undoes a gone stage of this release right now. */
    Optional<Running> running(ReleaseId release) {
        for (Environment environment : environments) {
            SlotId slot = new SlotId(release.service(), environment.name());
            Optional<WorkflowExecutionDescription> found = describe(slot, null)
                    .filter(Recoveries::recovers)
                    .filter(recovery -> release.version()
                            .value()
                            .equals(recovery.getTypedSearchAttributes().get(SearchAttributes.VERSION)));
            if (found.isPresent()) {
                Optional<String> run = Optional.of(found.get().getExecution().getRunId());
                return Optional.of(
                        new Running(slot, client.newWorkflowStub(StageWorkflow.class, slot.toString(), run)));
            }
        }
        return Optional.empty();
    }

    private static boolean recovers(WorkflowExecutionDescription workflow) {
        return workflow.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
                && workflow.getWorkflowType().equals(RecoveryWorkflow.TYPE);
    }

    private Optional<WorkflowExecutionDescription> describe(SlotId slot, @Nullable String run) {
        WorkflowStub stub = client.newUntypedWorkflowStub(slot.toString(), Optional.ofNullable(run), Optional.empty());
        try {
            return Optional.of(temporal.ask(stub::describe));
        } catch (WorkflowNotFoundException none) {
            return Optional.empty();
        }
    }

    private static WorkflowOptions options(RecoveryOrder order) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(order.slot().toString())
                .setTaskQueue(TaskQueues.CONTROL)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributes.SERVICE, order.service().value())
                        .set(
                                SearchAttributes.ENVIRONMENT,
                                order.environment().name().value())
                        .build())
                .setStaticSummary((order.dryRun() ? "dry run, asked by " : "asked by ")
                        + order.asked().by().subject())
                .build();
    }
}
