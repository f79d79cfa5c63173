package dev.slipway.workflows.stage;

import dev.slipway.model.Alert;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Outcome;
import dev.slipway.model.PriorState;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Resource;
import dev.slipway.model.StageView;
import dev.slipway.model.UndoView;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.Claimed;
import dev.slipway.workflows.api.PageOrder;
import dev.slipway.workflows.api.RecoveryOrder;
import dev.slipway.workflows.api.RecoveryView;
import dev.slipway.workflows.api.RecoveryWorkflow;
import dev.slipway.workflows.api.Remains;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.SearchAttributes;
import dev.slipway.workflows.page.ChangeCall;
import dev.slipway.workflows.page.PageCall;
import dev.slipway.workflows.undo.UndoLedger;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what a stage that is gone has left, takes its ledger over, and runs the same undo under the same stamp. */
public final class RecoveryWorkflowImpl implements RecoveryWorkflow {
    /** More epochs than any stage gives out after its last claim: an attempt of it that still lives is stale for certain. */
    private static final long LEAP = 1000;

    private final RecoveryOrder order;
    private final Board board;
    private final RecoveryTellings tellings;
    private Remains remains = Remains.NONE;
    private @Nullable UndoLedger ledger;
    private @Nullable Undo undo;
    private @Nullable Outcome ended;

    /** Sets it up before any message is handled. */
    @WorkflowInit
    public RecoveryWorkflowImpl(RecoveryOrder order) {
        this.order = order;
        RecoveryTellings heard = new RecoveryTellings(order, this::stage);
        this.tellings = heard;
        this.board = new Board(environment(), this::undone, note -> heard.add(note.facts()));
    }

    @Override
    public RecoveryView run(RecoveryOrder order) {
        Workflow.upsertTypedSearchAttributes(
                SearchAttributes.SERVICE.valueSet(order.service().value()),
                SearchAttributes.ENVIRONMENT.valueSet(environment().value()));
        board.begin();
        Outcome[] outcome = new Outcome[1];
        Workflow.newDetachedCancellationScope(() -> outcome[0] = outcome()).run();
        Workflow.await(Workflow::isEveryHandlerFinished);
        tell(outcome[0]);
        board.showEnd(outcome[0]);
        return view();
    }

    /** Nobody sees it as done before its slot is about to be free: what is told, or left to another, comes first. */
    private void tell(Outcome outcome) {
        ended = outcome;
        board.writeEnd(outcome);
        tellings.add(board.diary().take());
        tellings.end();
    }

    /** What the cluster refuses before the undo begins is for a person; the undo itself never throws. */
    private Outcome outcome() {
        try {
            return recover();
        } catch (TemporalFailure failure) {
            return refused(Failures.sentence(failure));
        }
    }

    private Outcome recover() {
        remains = new Ports(order.environment(), new Shown())
                .orphans("what is left in " + order.slot())
                .remains(order.environment(), order.service());
        remains.claim()
                .ifPresent(claim -> Workflow.upsertTypedSearchAttributes(SearchAttributes.VERSION.valueSet(
                        claim.stamp().release().version().value())));
        if (!remains.missing().isEmpty()) {
            return refused("not all is known that an undo needs, so nothing was touched: "
                    + String.join("; ", remains.missing()) + "; runbook: " + Alert.SlipwayOrphan.runbook());
        }
        if (remains.claim().isEmpty()) {
            return refused("nothing to recover in " + order.slot()
                    + ": no open claim, no canary, no share of one and no pending Helm operation of ours");
        }
        return order.dryRun()
                ? refused("dry run, nothing was touched")
                : putBack(remains.claim().get());
    }

    private Outcome putBack(Claim claim) {
        Pages pages = new Pages(claim.stamp().release(), environment());
        Ports ports = new Ports(order.environment(), new Waiting(board, pages));
        long epoch = Math.max(claim.epoch(), remains.epoch()) + LEAP;
        Claim raised =
                new Claim(claim.stamp(), claim.environment(), claim.stable(), claim.route(), claim.ledger(), epoch);
        Claimed answer = ports.fence("take the slot over").claim(raised);
        if (answer instanceof Claimed.Taken taken) {
            return refused("the slot was taken by " + taken.by().stamp().release() + " meanwhile; nothing was touched");
        }
        tellings.begin(claim.stamp(), remains.found());
        UndoLedger adopted = new UndoLedger(claim.stamp(), (priors, last) -> {
            throw new IllegalStateException("a recovery touches nothing that was not touched before");
        });
        adopted.adopt(claim.ledger(), Math.max(epoch, ((Claimed.Ours) answer).epoch()));
        ledger = adopted;
        Undo running = new Undo(new Wreck(claim, remains), ports, adopted, board, pages);
        undo = running;
        Outcome outcome = running.run(new StopCause.Orphaned(cause(claim)));
        ports.fence("give the slot free").release(claim.stamp(), claim.stable());
        tellChange(claim, outcome);
        closePages(claim.stamp().release());
        return outcome;
    }

    /** The stage is gone and has not told it. */
    private void tellChange(Claim claim, Outcome outcome) {
        if (order.environment().isProtected() && !claim.ledger().isEmpty()) {
            ChangeCall.tell(claim.stamp(), outcome);
        }
    }

    /** What the gone stage had called people for is over; the orphan's own page is closed by the reaper, which looks. */
    private void closePages(ReleaseId release) {
        List<Promise<Void>> told = Arrays.stream(Alert.values())
                .filter(alert -> alert.resolves() && alert != Alert.SlipwayOrphan)
                .map(alert -> new PageOrder(release, environment(), alert, ""))
                .map(page -> PageCall.close(page, "the slot was recovered"))
                .toList();
        Promise.allOf(told).get();
    }

    private String cause(Claim claim) {
        String why = order.asked().reason();
        return "the stage of " + claim.stamp().release() + " attempt "
                + claim.stamp().attempt() + " was gone (run " + claim.stamp().stageRun() + "), recovered by "
                + order.asked().by() + (why.isEmpty() ? "" : ": " + why);
    }

    private Outcome refused(String reason) {
        return new Outcome.Refused(environment(), reason);
    }

    private EnvironmentName environment() {
        return order.environment().name();
    }

    /** As the records are to know it: ended as soon as that is certain. */
    private StageView stage() {
        StageView now = board.view();
        Outcome certain = ended;
        return certain == null ? now : now.ended(certain.word(), certain.reason());
    }

    private List<UndoView> undone() {
        return ledger == null ? List.of() : ledger.view();
    }

    @Override
    public RecoveryView view() {
        ReleaseId release = remains.claim().map(c -> c.stamp().release()).orElse(null);
        List<String> would = remains.claim()
                .map(claim -> claim.ledger().entrySet().stream()
                        .sorted(java.util.Map.Entry.comparingByKey())
                        .map(e -> would(claim, e.getKey(), e.getValue()))
                        .toList())
                .orElse(List.of());
        return new RecoveryView(release, order.dryRun(), remains.found(), would, board.view());
    }

    private static String would(Claim claim, Resource resource, PriorState prior) {
        if (resource == Resource.LOAD) {
            return "Jobs that send requests deleted, as they were not there";
        }
        String name = resource == Resource.CANARY
                ? claim.stable().canary().release()
                : claim.stable().release();
        if (prior instanceof PriorState.HelmRevision revision) {
            return "helm release " + name + " back to revision " + revision.revision() + " ("
                    + String.join(", ", revision.images()) + ")";
        }
        if (prior instanceof PriorState.RouteBackends route) {
            return "HTTPRoute " + claim.route().map(r -> r.route()).orElse("") + " back to "
                    + route.backends().stream()
                            .map(b -> b.backend() + "=" + b.weight())
                            .collect(Collectors.joining(","));
        }
        return "helm release " + name + " uninstalled, as it was not there";
    }

    @Override
    public void retryUndo(@Nullable Said said) {
        running().retry();
    }

    @Override
    public void validateRetryUndo(@Nullable Said said) {
        running().validateStuck();
    }

    @Override
    public void acceptAsIs(@Nullable Said said) {
        running().accept(Said.heard(said));
    }

    @Override
    public void validateAcceptAsIs(@Nullable Said said) {
        running().validateStuck();
    }

    private Undo running() {
        if (undo == null) {
            throw new IllegalArgumentException("the recovery is not STUCK but " + board.phase());
        }
        return undo;
    }

    /** Whoever asked is looking, and whose page it would be is not known yet. */
    private final class Shown implements Steady.Trouble {
        @Override
        public void begins(Alert alert, String sentence) {
            board.trouble(sentence + "; runbook: " + alert.runbook());
        }

        @Override
        public void isOver() {
            board.trouble("");
        }
    }
}
