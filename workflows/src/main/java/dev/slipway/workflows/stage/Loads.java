package dev.slipway.workflows.stage;

import dev.slipway.model.LoadPlan;
import dev.slipway.model.PriorState;
import dev.slipway.model.Resource;
import dev.slipway.model.UndoResult;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.LoadOrder;
import dev.slipway.workflows.undo.Permit;
import dev.slipway.workflows.undo.UndoLedger;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The load beside a soak. The ledger owes it from before it begins until it is gone: however the soak ends, its Jobs are
 * deleted before anything else happens, by this run, by its undo or by a recovery.
 */
final class Loads {
    /** A load that comes and goes is told at once, after 2 minutes, half an hour, nine hours: four times in two days. */
    private static final Duration QUIET = Duration.ofMinutes(2);

    private static final int QUIETER = 16;
    private static final Duration QUIETEST = Duration.ofDays(30);

    private final Site site;
    private final Ports ports;
    private final Ports beside;
    private final UndoLedger ledger;
    private final Board board;
    private final Stop stop;

    /** @param beside for what runs beside a step of the plan, which shows its own trouble */
    Loads(Site site, Ports ports, Ports beside, UndoLedger ledger, Board board, Stop stop) {
        this.site = site;
        this.ports = ports;
        this.beside = beside;
        this.ledger = ledger;
        this.board = board;
        this.stop = stop;
    }

    /** Soaks under the load, if there is one. When the soak ends by an exception, the undo ends the load. */
    Gates.Judged during(StageStep step, Optional<LoadPlan> load, Supplier<Gates.Judged> soak) {
        if (load.isEmpty()) {
            return soak.get();
        }
        Permit permit = ledger.open(Resource.LOAD, PriorState.Absent::new);
        Kept kept = new Kept(step, load.get().job(), permit);
        CancellationScope keeping = Workflow.newCancellationScope(() -> Async.procedure(kept::keep));
        keeping.run();
        Gates.Judged judged;
        try {
            judged = soak.get();
        } finally {
            keeping.cancel();
        }
        if (stop.cause().isEmpty()) {
            end();
        }
        return kept.explain(judged);
    }

    private void end() {
        UndoResult result =
                ports.loadEnd("the load ends with the soak").end(ledger.again(Resource.LOAD), site.stable());
        if (result.done()) {
            ledger.forget(Resource.LOAD);
        } else {
            stop.request(new StopCause.Failure("the load could not be ended: " + result.detail()));
        }
    }

    /** One load, from the beginning of its soak to the end. */
    private final class Kept {
        private final StageStep step;
        private final String job;
        private final Permit permit;
        private Optional<String> told = Optional.empty();

        Kept(StageStep step, String job, Permit permit) {
            this.step = step;
            this.job = job;
            this.permit = permit;
        }

        void keep() {
            Duration quiet = Duration.ZERO;
            while (wanted()) {
                try {
                    LoadOrder order = new LoadOrder(site.stable(), job, told, quiet);
                    tell(beside.load("load by CronJob " + job).keep(permit, order));
                } catch (TemporalFailure failure) {
                    if (wanted()) {
                        tell(Optional.of("nobody keeps the load by CronJob " + job + " up any more: "
                                + Failures.sentence(failure)));
                    }
                    return;
                }
                quiet = quieter(quiet);
            }
        }

        private boolean wanted() {
            return !CancellationScope.current().isCancelRequested()
                    && stop.cause().isEmpty();
        }

        private void tell(Optional<String> trouble) {
            told = trouble;
            board.say(step, trouble.orElse(""));
        }

        /** Whoever reads of too few requests wants to know why there were no more. */
        Gates.Judged explain(Gates.Judged judged) {
            if (told.isPresent() && judged.verdict() instanceof Verdict.Inconclusive undecided) {
                Verdict why = new Verdict.Inconclusive(undecided.reason() + "; " + told.get(), undecided.evidence());
                return new Gates.Judged(why, judged.blindBudgetSpent());
            }
            return judged;
        }
    }

    private static Duration quieter(Duration quiet) {
        Duration next = quiet.isZero() ? QUIET : quiet.multipliedBy(QUIETER);
        return next.compareTo(QUIETEST) < 0 ? next : QUIETEST;
    }
}
