package dev.slipway.starter;

import dev.slipway.model.ReleaseId;
import dev.slipway.model.SlotId;
import dev.slipway.model.StageView;
import dev.slipway.workflows.api.ReleaseWorkflow;
import dev.slipway.workflows.api.StageWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.stereotype.Component;

/** Hands a person's word to the workflow that it is for, and brings back the answer. */
@Component
class Desk {
    private final WorkflowClient client;
    private final Temporal temporal;
    private final Views views;

    Desk(WorkflowClient client, Temporal temporal, Views views) {
        this.client = client;
        this.temporal = temporal;
        this.views = views;
    }

    /**
     * The release, when it runs and a worker answers for it.
     *
     * @throws Refusal 404 not-found, 409 refused when it has ended, 503 no-worker
     */
    Seen open(ReleaseId id) {
        return running(id, views.see(id));
    }

    /**
     * As {@link #open}, without what its stages do: somebody waits who knows what they speak of.
     *
     * @throws Refusal as there
     */
    Seen outline(ReleaseId id) {
        return running(id, views.outline(id));
    }

    private static Seen running(ReleaseId id, Seen seen) {
        String outcome = seen.view().outcome();
        // its workflow may stay a moment longer, to tell the records how it ended
        if (seen.last() || outcome != null) {
            throw Refusal.refused(id + " has ended" + (outcome == null ? "" : " (" + outcome + ")"));
        }
        if (seen.stale()) {
            throw Refusal.noWorker("no worker answers for " + id + "; nothing was done");
        }
        return seen;
    }

    /** The stage that runs now, empty between two stages and while the release waits for its slot. */
    static Optional<StageView> running(Seen seen) {
        return seen.view().stages().stream()
                .filter(stage -> stage.runId() != null && stage.outcome() == null)
                .findFirst();
    }

    ReleaseWorkflow release(Seen seen) {
        Run run = seen.run();
        return client.newWorkflowStub(ReleaseWorkflow.class, run.release().toString(), Optional.of(run.runId()));
    }

    StageWorkflow stage(Seen seen, StageView stage) {
        SlotId slot = new SlotId(seen.view().service(), stage.environment());
        return client.newWorkflowStub(StageWorkflow.class, slot.toString(), Optional.ofNullable(stage.runId()));
    }

    /**
     * Says it.
     *
     * @throws Refusal 409 refused with the workflow's sentence, 503 no-worker when nobody answered in time
     */
    <T> T say(Seen seen, Callable<T> update) {
        return say(seen.view().release(), update);
    }

    /** As {@link #say(Seen, Callable)}, to whatever runs for the release now. */
    <T> T say(ReleaseId release, Callable<T> update) {
        try {
            return temporal.say(update);
        } catch (WorkflowUpdateException refused) {
            throw Refusal.refused(sentence(refused));
        } catch (WorkflowNotFoundException ended) {
            throw Refusal.refused(release + " has moved on: that stage or release has ended");
        } catch (RuntimeException failure) {
            if (Temporal.unanswered(failure)) {
                throw Refusal.noWorker("no worker answered in time; nobody knows whether it arrived");
            }
            throw failure;
        }
    }

    /** The workflow's own words. */
    static String sentence(Throwable refused) {
        String words = "refused without a reason";
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApplicationFailure said && said.getOriginalMessage() != null) {
                words = said.getOriginalMessage();
            }
        }
        return words;
    }
}
