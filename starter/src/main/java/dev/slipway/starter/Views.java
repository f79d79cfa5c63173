package dev.slipway.starter;

import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.SlotId;
import dev.slipway.model.StageView;
import dev.slipway.workflows.api.ReleaseWorkflow;
import dev.slipway.workflows.api.StageWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** A release as people see it: asked of the release and of its stage that runs, or of Temporal when no worker answers. */
@Component
class Views {
    private final WorkflowClient client;
    private final Temporal temporal;
    private final Runs runs;
    private final Watches watches;
    private final Links links;

    Views(WorkflowClient client, Temporal temporal, Runs runs, Watches watches, Links links) {
        this.client = client;
        this.temporal = temporal;
        this.runs = runs;
        this.watches = watches;
        this.links = links;
    }

    /**
     * The latest attempt.
     *
     * @throws Refusal 404 not-found
     */
    Seen see(ReleaseId id) {
        return see(id, this::detailed);
    }

    /**
     * The latest attempt as its release alone tells it, which costs half: where its stages are, without what they do there.
     *
     * @throws Refusal 404 not-found
     */
    Seen outline(ReleaseId id) {
        return see(id, UnaryOperator.identity());
    }

    private Seen see(ReleaseId id, UnaryOperator<ReleaseView> more) {
        Run run = runs.require(id);
        if (run.completed()) {
            return new Seen(run, linked(run, runs.result(run).view()), false);
        }
        if (run.cancelled() && run.outcome() != null) {
            return new Seen(run, linked(run, concluded(run)), false);
        }
        if (!run.running()) {
            String reason = "the release was closed in Temporal (" + run.closed()
                    + "), so nobody says whether everything is back; look at its last stage, then release with --again";
            return new Seen(run, known(run, Phase.STUCK, reason), false);
        }
        try {
            return new Seen(run, linked(run, more.apply(asked(run))), false);
        } catch (WorkflowNotFoundException ended) {
            return see(id, more);
        } catch (WorkflowException unanswered) {
            String reason = "no worker answered within " + temporal.patience()
                    + ": this is the last that Temporal knows; the release goes on when the control worker runs";
            return new Seen(run, known(run, phase(run), reason), true);
        }
    }

    /** The same view with another reason. */
    static ReleaseView because(ReleaseView view, String reason) {
        return view.with(view.stages(), reason, view.links());
    }

    /**
     * A cancelled release undoes everything and tells its outcome, but Temporal keeps no result of it
     * (docs/decisions/0002): a worker can still be asked.
     */
    private ReleaseView concluded(Run run) {
        try {
            return asked(run);
        } catch (WorkflowException unanswered) {
            return known(run, Phase.DONE, "cancelled in Temporal");
        }
    }

    private ReleaseView asked(Run run) {
        ReleaseWorkflow release =
                client.newWorkflowStub(ReleaseWorkflow.class, run.release().toString(), Optional.of(run.runId()));
        return temporal.ask(release::view);
    }

    private ReleaseView detailed(ReleaseView view) {
        List<StageView> stages = view.stages().stream()
                .map(stage -> stage.runId() == null || stage.outcome() != null ? stage : asked(view, stage))
                .toList();
        return view.with(stages, view.reason(), view.links());
    }

    private StageView asked(ReleaseView view, StageView stage) {
        SlotId slot = new SlotId(view.service(), stage.environment());
        StageWorkflow workflow =
                client.newWorkflowStub(StageWorkflow.class, slot.toString(), Optional.ofNullable(stage.runId()));
        try {
            return watches.with(temporal.ask(workflow::view), slot.toString(), Optional.ofNullable(stage.runId()));
        } catch (WorkflowNotFoundException gone) {
            return stage;
        }
    }

    private ReleaseView linked(Run run, ReleaseView view) {
        return view.with(view.stages(), view.reason(), links.of(run.release().toString(), run.runId()));
    }

    /** Without a worker: from the memo and the search attributes. */
    private ReleaseView known(Run run, Phase phase, String reason) {
        Submission submission = run.submission()
                .orElseThrow(() -> Refusal.noWorker("no worker answers, and " + run.release()
                        + " was not started here, so nothing else is known of it"));
        return new ReleaseView(
                run.release(),
                run.release().service(),
                run.release().version(),
                submission.attempt(),
                phase,
                run.outcome(),
                reason,
                run.waitingFor(),
                submission.digests(),
                submission.requestedBy(),
                submission.authors(),
                submission.environments().stream().map(StageView::pending).toList(),
                links.of(run.release().toString(), run.runId()),
                run.startedAt(),
                run.endedAt());
    }

    private static Phase phase(Run run) {
        return run.phase().isEmpty() ? Phase.QUEUED : Phase.valueOf(run.phase());
    }
}
