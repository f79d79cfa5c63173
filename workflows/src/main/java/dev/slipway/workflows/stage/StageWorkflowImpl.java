package dev.slipway.workflows.stage;

import dev.slipway.model.Alert;
import dev.slipway.model.Outcome;
import dev.slipway.model.PriorState;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Resource;
import dev.slipway.model.StageView;
import dev.slipway.workflows.Semantics;
import dev.slipway.workflows.api.Denied;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.ReleaseWorkflow;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.SearchAttributes;
import dev.slipway.workflows.api.SignedAttestation;
import dev.slipway.workflows.api.SignedDecision;
import dev.slipway.workflows.api.StageNote;
import dev.slipway.workflows.api.StageOrder;
import dev.slipway.workflows.api.StageResult;
import dev.slipway.workflows.api.StageWorkflow;
import dev.slipway.workflows.evidence.Dossier;
import dev.slipway.workflows.page.ChangeCall;
import dev.slipway.workflows.undo.Stamp;
import dev.slipway.workflows.undo.UndoLedger;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stage is a transaction: every step passes and it commits, or it is stopped and everything that it touched is put back. */
public final class StageWorkflowImpl implements StageWorkflow {
    private final Site site;
    private final Stop stop = new Stop();
    private final UndoLedger ledger;
    private final Board board;
    private final People people;
    private final Requirements requirements;
    private final Interpreter interpreter;
    private final Undo undo;
    private final Pages pages;
    private final List<Promise<Void>> told = new ArrayList<>();
    private final Entrance entrance;

    /** Sets the stage up before any message is handled. */
    @WorkflowInit
    public StageWorkflowImpl(StageOrder order) {
        site = new Site(order);
        ReleaseId release = order.release().release();
        pages = new Pages(release, site.environment().name());
        ledger = new UndoLedger(
                new Stamp(
                        release,
                        order.release().attempt(),
                        site.environment().name(),
                        // stays the same when somebody resets the workflow: what it has made is still its own
                        Workflow.getInfo().getOriginalExecutionRunId()),
                this::write);
        board = new Board(site.environment().name(), ledger::view, this::tell);
        Ports ports = new Ports(site.environment(), new Waiting(board, pages));
        Noise noise = new Noise(board);
        people = new People(order.release(), site.environment().name(), board, pages, stop, noise);
        requirements = new Requirements(
                site.environment().name(), new Dossier(order.release(), order.evidence()), board, stop, noise);
        entrance = new Entrance(site, ports, ledger);
        Actions actions = new Actions(site, ports, ledger, board, stop);
        Ports beside = new Ports(site.environment(), new Paging());
        Safety safety = new Safety(site, beside, stop);
        Loads loads = new Loads(site, ports, beside, ledger, board, stop);
        Gates gates = new Gates(
                site,
                ports,
                people,
                board,
                pages,
                safety,
                loads,
                stop,
                new Proposal(site, ports, ledger, board),
                requirements);
        interpreter = switch (Semantics.of(site.plan())) {
            case FIRST -> new Interpreter(site, entrance, actions, gates, people, board, stop, pages, safety);
        };
        undo = new Undo(site, ports, ledger, board, pages);
    }

    @Override
    public StageResult run(StageOrder order) {
        Workflow.upsertTypedSearchAttributes(
                SearchAttributes.SERVICE.valueSet(
                        order.release().release().service().value()),
                SearchAttributes.VERSION.valueSet(
                        order.release().release().version().value()),
                SearchAttributes.ENVIRONMENT.valueSet(site.environment().name().value()));
        board.begin();
        forward();
        Outcome[] outcome = new Outcome[1];
        Workflow.newDetachedCancellationScope(() -> outcome[0] = conclude()).run();
        return new StageResult(outcome[0], board.view(), board.diary().take());
    }

    private void forward() {
        CancellationScope forward = Workflow.newCancellationScope(interpreter::advance);
        stop.onRequest(forward::cancel);
        try {
            forward.run();
        } catch (CanceledFailure cancelled) {
            stop.request(new StopCause.Cancelled());
        } catch (TemporalFailure failure) {
            stop.request(cause(failure));
        }
    }

    private void write(Map<Resource, PriorState> priors, long epoch) {
        entrance.write(priors, epoch);
    }

    private static StopCause cause(TemporalFailure failure) {
        if (CancellationScope.current().isCancelRequested()) {
            return new StopCause.Cancelled();
        }
        String sentence = Failures.sentence(failure);
        return Failures.is(failure, FailureType.INTERFERED)
                ? new StopCause.Interfered(sentence)
                : new StopCause.Failure(sentence);
    }

    /** Beside a step of the plan, which shows its own state. */
    private final class Paging implements Steady.Trouble {
        @Override
        public void begins(Alert alert, String sentence) {
            pages.open(alert, sentence);
        }

        @Override
        public void isOver() {
            // the page is closed by the step beside it, or by a person
        }
    }

    /** Commits or undoes; runs where no cancel reaches it. */
    private Outcome conclude() {
        Outcome outcome = stop.cause().map(undo::run).orElseGet(() -> {
            ledger.commit();
            return new Outcome.Promoted();
        });
        pages.end("the stage has ended: " + outcome.word());
        if (site.environment().isProtected()) {
            tellChange(outcome);
        }
        giveFree();
        pages.awaitClosed();
        Workflow.await(Workflow::isEveryHandlerFinished);
        // a note that comes after the stage's end would come too late for the release's
        Promise.allOf(told).get();
        board.end(outcome);
        return outcome;
    }

    /** For those who look for the cause of an incident: what users were on is another version, or was for a while. */
    private void tellChange(Outcome outcome) {
        if (outcome instanceof Outcome.Promoted || !ledger.touched().isEmpty()) {
            ChangeCall.tell(ledger.stamp(), outcome);
        }
    }

    /** What was done stays done when the claim cannot be closed: a person is called, and the next release finds it taken. */
    private void giveFree() {
        try {
            entrance.release();
        } catch (TemporalFailure failure) {
            pages.open(
                    Alert.SlipwayOrphan,
                    "the stage has ended, but its slot could not be given free: " + Failures.sentence(failure)
                            + "; next: slipway recover " + site.id().service() + " --environment "
                            + site.environment().name() + "; runbook: " + Alert.SlipwayOrphan.runbook());
        }
    }

    /** Only a release that is gone does not hear it. */
    private void tell(StageNote note) {
        Workflow.getInfo()
                .getParentWorkflowId()
                .ifPresent(parent -> Workflow.newDetachedCancellationScope(() -> {
                            ReleaseWorkflow release = Workflow.newExternalWorkflowStub(ReleaseWorkflow.class, parent);
                            Promise<Void> sent = Async.procedure(release::stageMoved, note);
                            told.add(sent.exceptionally(lost -> null));
                        })
                        .run());
    }

    @Override
    public String decide(SignedDecision decision) {
        return people.record(decision);
    }

    @Override
    public void validateDecide(SignedDecision decision) {
        people.validate(decision);
    }

    @Override
    public void decided(@Nullable SignedDecision decision) {
        people.hear(decision);
    }

    @Override
    public void denied(@Nullable Denied denied) {
        people.deny(denied);
    }

    @Override
    public void attested(@Nullable SignedAttestation attestation) {
        requirements.hear(attestation);
    }

    @Override
    public void pause(@Nullable Said said) {
        people.pause(Said.heard(said));
    }

    @Override
    public void validatePause(Said said) {
        people.validatePause();
    }

    @Override
    public void resume(@Nullable Said said) {
        people.resume();
    }

    @Override
    public void validateResume(Said said) {
        people.validateResume();
    }

    @Override
    public void retryUndo(@Nullable Said said) {
        undo.retry();
    }

    @Override
    public void validateRetryUndo(Said said) {
        undo.validateStuck();
    }

    @Override
    public void acceptAsIs(@Nullable Said said) {
        undo.accept(Said.heard(said));
    }

    @Override
    public void validateAcceptAsIs(Said said) {
        undo.validateStuck();
    }

    @Override
    public void stop(@Nullable Said said) {
        stop.request(new StopCause.Abort(Said.heard(said)));
    }

    @Override
    public void supersede(ReleaseId by) {
        stop.request(new StopCause.Superseded(by));
    }

    @Override
    public StageView view() {
        return board.view();
    }
}
