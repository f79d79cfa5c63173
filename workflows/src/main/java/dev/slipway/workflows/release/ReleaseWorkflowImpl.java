package dev.slipway.workflows.release;

import dev.slipway.model.Digest;
import dev.slipway.model.Outcome;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.SlotId;
import dev.slipway.model.StagePlan;
import dev.slipway.workflows.Semantics;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseResult;
import dev.slipway.workflows.api.ReleaseWorkflow;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.SearchAttributes;
import dev.slipway.workflows.api.SignedAttestation;
import dev.slipway.workflows.api.SlotNote;
import dev.slipway.workflows.api.StageNote;
import dev.slipway.workflows.api.StageOrder;
import dev.slipway.workflows.api.StageResult;
import dev.slipway.workflows.api.Ticket;
import dev.slipway.workflows.evidence.Dossier;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Only a sequencer: the next stage starts when the one before has passed; the first other outcome is the release's. */
public final class ReleaseWorkflowImpl implements ReleaseWorkflow {
    private final ReleaseOrder order;
    private final Semantics semantics;
    private final Overview overview;
    private final Tellings tellings;
    private final Dossier dossier;
    private @Nullable StageRun running;
    private @Nullable Halt halt;
    private boolean superseding;
    private boolean ended;

    /** Sets the release up before any message is handled. */
    @WorkflowInit
    public ReleaseWorkflowImpl(ReleaseOrder order) {
        this.order = order;
        this.semantics = Semantics.of(order.plan());
        this.overview = new Overview(order);
        this.superseding = order.supersede();
        this.dossier = new Dossier(order, order.evidence());
        this.tellings = new Tellings(order, overview::view);
    }

    @Override
    public ReleaseResult run(ReleaseOrder started) {
        Workflow.upsertTypedSearchAttributes(
                SearchAttributes.SERVICE.valueSet(order.release().service().value()),
                SearchAttributes.VERSION.valueSet(order.release().version().value()),
                SearchAttributes.PHASE.valueSet(Phase.RUNNING.name()));
        tellings.begin(dossier.all());
        Outcome outcome = switch (semantics) {
            case FIRST -> stages();
        };
        ended = true;
        overview.end(outcome);
        Workflow.newDetachedCancellationScope(() -> {
                    tellings.end(outcome);
                    Workflow.await(Workflow::isEveryHandlerFinished);
                })
                .run();
        return new ReleaseResult(outcome, overview.view());
    }

    private Outcome stages() {
        for (StagePlan stage : order.plan().stages()) {
            Optional<Outcome> stopped = stopped();
            if (stopped.isPresent()) {
                return stopped.get();
            }
            StageRun run = new StageRun(
                    new SlotId(order.release().service(), stage.environment().name()), ticket(), overview, dossier);
            running = run;
            Optional<StageResult> result;
            try {
                result = run.run(new StageOrder(order, stage, overview.measured(), List.of()));
            } catch (CanceledFailure cancelled) {
                return new Outcome.Aborted(Said.SOMEBODY.subject(), "cancelled in Temporal");
            } catch (ChildWorkflowFailure closed) {
                Outcome outcome = new Outcome.Aborted(Said.SOMEBODY.subject(), ClosedStage.reason(run.slot(), closed));
                overview.lost(stage.environment().name(), outcome);
                return outcome;
            }
            running = null;
            if (result.isEmpty()) {
                return stopped().orElseThrow();
            }
            overview.closed(result.get().view());
            tellings.add(result.get().facts());
            if (!(result.get().outcome() instanceof Outcome.Promoted)) {
                return result.get().outcome();
            }
        }
        return new Outcome.Promoted();
    }

    private Optional<Outcome> stopped() {
        return Optional.ofNullable(halt).map(Halt::outcome);
    }

    private Ticket ticket() {
        return new Ticket(order.release(), Workflow.getInfo().getRunId(), superseding);
    }

    private void halt(Halt requested) {
        if (halt == null) {
            halt = requested;
            if (running != null) {
                running.stop(requested);
            }
        }
    }

    @Override
    public int attach(Digest fingerprint, boolean supersede) {
        if (supersede && !superseding) {
            superseding = true;
            if (running != null) {
                running.supersede();
            }
        }
        return order.attempt();
    }

    @Override
    public void validateAttach(Digest fingerprint, boolean supersede) {
        Digest own = order.digests().fingerprint();
        if (!own.equals(fingerprint)) {
            throw new IllegalArgumentException("other digests: attempt " + order.attempt() + " of " + order.release()
                    + " is running with " + own + ", submitted " + fingerprint);
        }
    }

    @Override
    public void abort(@Nullable Said said) {
        halt(new Halt.Abort(Said.heard(said)));
    }

    @Override
    public void validateAbort(Said said) {
        if (ended) {
            throw new IllegalArgumentException(order.release() + " has ended");
        }
        Halt before = halt;
        if (before != null) {
            throw new IllegalArgumentException(order.release() + " is being " + before.words());
        }
    }

    @Override
    public String attest(SignedAttestation signed) {
        if (!dossier.add(signed)) {
            return "this evidence is on record already";
        }
        tellings.attested(signed);
        StageRun run = running;
        if (run != null) {
            run.attested(signed);
        }
        int pieces = signed.attestation().reports().size();
        return pieces + (pieces == 1 ? " piece" : " pieces") + " of evidence by "
                + signed.attestation().by() + " on record";
    }

    @Override
    public void validateAttest(SignedAttestation signed) {
        if (ended) {
            throw new IllegalArgumentException(order.release() + " has ended");
        }
        dossier.refusal(signed).ifPresent(refusal -> {
            throw new IllegalArgumentException(refusal);
        });
    }

    @Override
    public void stageMoved(StageNote note) {
        overview.moved(note);
        tellings.add(note.facts());
        StageRun run = running;
        if (run != null && run.slot().environment().equals(note.environment())) {
            run.moved(note);
        }
    }

    @Override
    public void slotMoved(SlotNote note) {
        StageRun run = running;
        if (run == null || !run.slot().equals(note.slot())) {
            return;
        }
        if (note instanceof SlotNote.Superseded superseded) {
            halt(new Halt.Superseded(superseded.by()));
        } else {
            run.told(note);
        }
    }

    @Override
    public ReleaseView view() {
        return overview.view();
    }
}
