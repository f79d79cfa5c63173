package dev.slipway.activities.helm;

import dev.slipway.model.PriorState;
import dev.slipway.model.UndoResult;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.undo.Permit;
import java.util.Optional;

/** Returns one Helm release to its prior state, and never over what somebody else did meanwhile. */
final class Undo {
    private final HelmClient client;
    private final Ownership ownership;
    private final Recovery recovery;
    private final HelmTarget target;
    private final Permit permit;

    Undo(HelmClient client, Ownership ownership, Recovery recovery, HelmTarget target, Permit permit) {
        this.client = client;
        this.ownership = ownership;
        this.recovery = recovery;
        this.target = target;
        this.permit = permit;
    }

    UndoResult run() {
        History history = client.history(target);
        Optional<PriorState.HelmRevision> prior = PriorRevision.of(permit);
        return prior.isPresent() ? toRevision(history, prior.get()) : toAbsent(history);
    }

    private UndoResult toRevision(History history, PriorState.HelmRevision prior) {
        if (history.newest().isEmpty()) {
            return new UndoResult.NotOurs(target.release() + " was at revision " + prior.revision()
                    + " and has been uninstalled by somebody else since");
        }
        Revision newest = history.newest().get();
        if (newest.deployed() && ownership.isPrior(newest)) {
            return new UndoResult.AlreadyThere(same(newest, prior));
        }
        if (untouched(history, prior)) {
            return new UndoResult.AlreadyThere(
                    same(history.deployed().orElseThrow(), prior) + "; " + newest.words() + " is not of this stage");
        }
        Optional<Mark> ours = ownership.ours(newest);
        ours.ifPresent(ownership::fence);
        if (ours.isEmpty() && !ownership.isPrior(newest)) {
            return new UndoResult.NotOurs(newest.words() + " was made by somebody else after this stage's first touch");
        }
        waitForLock(newest, ours);
        return checked(history, prior).orElseGet(() -> rollBack(prior));
    }

    /** Whether the prior revision still is the deployed one and no revision after it is ours, such as when nothing was applied. */
    private boolean untouched(History history, PriorState.HelmRevision prior) {
        return history.deployed()
                        .filter(d -> d.revision() == prior.revision())
                        .filter(ownership::isPrior)
                        .isPresent()
                && history.after(prior.revision()).stream()
                        .allMatch(r -> r.failed() && ownership.ours(r).isEmpty() && !ownership.isPrior(r));
    }

    /** Failed when the revision to return to is gone or is not what was recorded. */
    private Optional<UndoResult> checked(History history, PriorState.HelmRevision prior) {
        if (history.find(prior.revision()).isEmpty()) {
            return Optional.of(new UndoResult.Failed("revision " + prior.revision() + " of " + target.release()
                    + " is no longer in Helm's history, so it cannot be rolled back to"));
        }
        var found = client.manifest(target, prior.revision()).digest();
        if (!found.equals(prior.manifest())) {
            return Optional.of(new UndoResult.Failed("revision " + prior.revision() + " of " + target.release()
                    + " is not what it was: its manifest is " + found + ", recorded was " + prior.manifest()));
        }
        return Optional.empty();
    }

    private UndoResult rollBack(PriorState.HelmRevision prior) {
        Finished finished = recovery.rollBack(prior);
        Optional<Revision> newest = client.history(target).newest();
        if (newest.filter(Revision::deployed).filter(ownership::isPrior).isPresent()) {
            return new UndoResult.Restored(same(newest.get(), prior));
        }
        return failed(recovery.failure("rollback", finished));
    }

    private UndoResult toAbsent(History history) {
        Optional<Revision> newest = history.newest();
        if (newest.isEmpty()) {
            return new UndoResult.AlreadyThere("no release " + target.release());
        }
        Optional<Mark> ours = ownership.ours(newest.get());
        ours.ifPresent(ownership::fence);
        if (ours.isEmpty()) {
            boolean leftover = newest.get().failed()
                    && history.revisions().stream()
                            .allMatch(r -> ownership.ours(r).isEmpty());
            return leftover
                    ? new UndoResult.AlreadyThere(
                            "nothing of this stage; " + newest.get().words())
                    : new UndoResult.NotOurs(newest.get().words() + " was made by somebody else");
        }
        waitForLock(newest.get(), ours);
        Finished finished = recovery.uninstall();
        return client.history(target).newest().isEmpty()
                ? new UndoResult.Restored(target.release() + " is uninstalled")
                : failed(recovery.failure("uninstall", finished));
    }

    private void waitForLock(Revision newest, Optional<Mark> ours) {
        Mark unknown = new Mark("", "", 0, "none", "", java.util.OptionalInt.empty());
        if (newest.locked() && !ownership.abandoned(newest, ours.orElse(unknown))) {
            throw FailureType.HELM_LOCKED.failure(target.release() + " " + newest.words());
        }
    }

    /** What may get better by itself is thrown, to be tried again; the rest is for a person. */
    private static UndoResult failed(RuntimeException failure) {
        if (failure instanceof io.temporal.failure.ApplicationFailure known && known.isNonRetryable()) {
            return new UndoResult.Failed(known.getOriginalMessage());
        }
        throw failure;
    }

    private static String same(Revision now, PriorState.HelmRevision prior) {
        return "revision " + now.revision() + " is "
                + (now.revision() == prior.revision() ? "the prior one" : "revision " + prior.revision() + " again")
                + " (" + prior.chart() + ", " + String.join(", ", prior.images()) + ")";
    }
}
