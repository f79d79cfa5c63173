package dev.slipway.starter;

import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.ReleaseResult;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The attempts of releases that Temporal knows. */
@Component
class Runs {
    private final WorkflowClient client;
    private final Temporal temporal;

    Runs(WorkflowClient client, Temporal temporal) {
        this.client = client;
        this.temporal = temporal;
    }

    /** The latest attempt, empty when there is none. */
    Optional<Run> latest(ReleaseId id) {
        WorkflowStub stub = client.newUntypedWorkflowStub(id.toString());
        try {
            return Optional.of(Run.of(temporal.ask(stub::describe)));
        } catch (WorkflowNotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * The latest attempt.
     *
     * @throws Refusal 404 not-found
     */
    Run require(ReleaseId id) {
        return latest(id)
                .orElseThrow(() -> Refusal.notFound("there is no release " + id + ", or it is older than is kept"));
    }

    /** How an attempt that completed ended. */
    ReleaseResult result(Run run) {
        WorkflowStub stub = stub(run);
        return temporal.ask(() -> stub.getResult(ReleaseResult.class));
    }

    /** Waits for the end of one that is ending. */
    void awaitClosed(Run run) {
        WorkflowStub stub = stub(run);
        try {
            ReleaseResult unused = temporal.say(() -> stub.getResult(ReleaseResult.class));
        } catch (WorkflowFailedException cancelled) {
            // closed, too
        }
    }

    private WorkflowStub stub(Run run) {
        return client.newUntypedWorkflowStub(
                run.release().toString(), Optional.of(run.runId()), Optional.of("Release"));
    }
}
