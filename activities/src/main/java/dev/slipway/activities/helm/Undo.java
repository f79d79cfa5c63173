package dev.slipway.activities.helm;

import dev.slipway.model.PriorState;
import dev.slipway.model.UndoResult;
import dev.slipway.workflows.undo.Permit;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;

/** Returns one Helm release to its prior state, and never over what somebody else did meanwhile. */
final class Undo {
    private final Workbench bench;
    private final Look look;
    private final Permit permit;
    private final Hooks hooks;

    Undo(Workbench bench, Permit permit, Hooks hooks) {
        this.bench = bench;
        this.look = bench.look();
        this.permit = permit;
        this.hooks = hooks;
    }

    UndoResult run() {
        Sight sight = look.now();
        Goal goal = Goal.undone(permit);
        HelmState state = HelmState.of(sight, goal);
        return goal.prior().isPresent() ? toRevision(sight, state, goal.prior().get()) : toAbsent(sight, state);
    }

    private UndoResult toRevision(Sight sight, HelmState state, PriorState.HelmRevision prior) {
        if (state instanceof HelmState.InSync there) {
            return alreadyThere(sight, there.deployed().revision(), prior);
        }
        sight.newest().flatMap(Owned::ours).ifPresent(bench.ownership()::fence);
        if (state instanceof HelmState.Foreign foreign) {
            return new UndoResult.NotOurs(bench.target().release() + " " + foreign.words());
        }
        if (state instanceof HelmState.Locked locked) {
            if (locked.by().strange()) {
                return notOurs(locked.by());
            }
            waitFor(locked.by());
        }
        return bench.wayBack()
                .blocked(sight, prior)
                .<UndoResult>map(UndoResult.Failed::new)
                .orElseGet(() -> rollBack(sight, prior));
    }

    private static UndoResult alreadyThere(Sight sight, Revision deployed, PriorState.HelmRevision prior) {
        Revision last = sight.newest().orElseThrow().revision();
        String passedOver = last.revision() == deployed.revision() ? "" : "; " + last.words() + " is not of this stage";
        return new UndoResult.AlreadyThere(same(deployed, prior) + passedOver);
    }

    private UndoResult rollBack(Sight before, PriorState.HelmRevision prior) {
        Finished finished = bench.recovery().rollBack(prior, hooks);
        Sight after = look.now();
        if (left(after)) {
            // Helm leaves pending-rollback when a hook of the rollback fails; hooks do not help to go back
            after.newest().ifPresent(o -> bench.lock().free(o, bench.ownership()));
            finished = bench.recovery().rollBack(prior, Hooks.SKIP);
            after = look.now();
        }
        Optional<Owned> newest = after.newest();
        if (newest.filter(o -> o.revision().deployed() && o.prior()).isPresent()) {
            return new UndoResult.Restored(same(newest.get().revision(), prior)
                    + new Inventory(bench).leftBy(before, prior).orElse(""));
        }
        return failed(bench.recovery()
                .failure(
                        "rollback",
                        finished,
                        "helm rollback " + bench.target().release() + " " + prior.revision()
                                + " --no-hooks --namespace " + bench.target().namespace()));
    }

    /** Whether our own rollback has ended without a result. */
    private boolean left(Sight after) {
        return after.newest()
                .filter(o -> o.revision().pending()
                        && o.ours().filter(m -> m.undoTo().isPresent()).isPresent())
                .isPresent();
    }

    private UndoResult toAbsent(Sight sight, HelmState state) {
        Optional<Owned> newest = sight.newest();
        if (newest.isEmpty()) {
            return new UndoResult.AlreadyThere("no release " + bench.target().release());
        }
        newest.flatMap(Owned::ours).ifPresent(bench.ownership()::fence);
        if (state instanceof HelmState.Failed failed && failed.last().ours().isEmpty()) {
            return new UndoResult.AlreadyThere(
                    "nothing of this stage; " + failed.last().revision().words());
        }
        if (newest.get().ours().isEmpty()) {
            return notOurs(newest.get());
        }
        if (state instanceof HelmState.Locked locked) {
            waitFor(locked.by());
        }
        return uninstall(sight, newest.get());
    }

    /** What a failed first installation can tell is read before it is gone. */
    private UndoResult uninstall(Sight sight, Owned newest) {
        String evidence = bench.cluster()
                .evidence(bench.target())
                .map(e -> "; before it was removed: " + newest.revision().words() + "; " + e)
                .orElse("");
        Inventory inventory = new Inventory(bench);
        var made = inventory.of(sight);
        Finished finished = bench.recovery().uninstall(hooks);
        if (look.now().newest().isEmpty()) {
            return new UndoResult.Restored(bench.target().release() + " is uninstalled"
                    + inventory.left(made).orElse("") + evidence);
        }
        return failed(bench.recovery()
                .failure(
                        "uninstall",
                        finished,
                        "helm uninstall " + bench.target().release() + " --no-hooks --namespace "
                                + bench.target().namespace()));
    }

    /** A rollback to the prior state that somebody else runs is waited for as well. */
    private void waitFor(Owned locked) {
        if (locked.ours().isEmpty()) {
            throw bench.lock().foreign(locked.revision());
        }
        bench.lock().own(locked, bench.ownership());
    }

    private static UndoResult notOurs(Owned by) {
        return new UndoResult.NotOurs(
                by.revision().words() + " was made by somebody else after this stage's first touch");
    }

    /** What may get better by itself is thrown, to be tried again; the rest is for a person. */
    private static UndoResult failed(ApplicationFailure failure) {
        if (failure.isNonRetryable()) {
            return new UndoResult.Failed(failure.getOriginalMessage());
        }
        throw failure;
    }

    private static String same(Revision now, PriorState.HelmRevision prior) {
        return "revision " + now.revision() + " is "
                + (now.revision() == prior.revision() ? "the prior one" : "revision " + prior.revision() + " again")
                + " (" + prior.chart() + ", " + String.join(", ", prior.images()) + ")";
    }
}
