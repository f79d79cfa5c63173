package dev.slipway.activities.helm;

import dev.slipway.activities.fence.Refusal;
import dev.slipway.activities.fence.WriteRight;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.HelmTarget;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The lock that Helm leaves on a release while it works on it. One that is held is waited for, by failing retryably; one
 * that nobody holds any more can be given free.
 */
final class Lock {
    private final HelmCluster cluster;
    private final HelmTarget target;
    private final WriteRight right;
    private final Duration strandedAfter;
    private final Clock clock;

    /** @param strandedAfter age from which nobody's helm can still be at work */
    Lock(HelmCluster cluster, HelmTarget target, WriteRight right, Duration strandedAfter, Clock clock) {
        this.cluster = cluster;
        this.target = target;
        this.right = right;
        this.strandedAfter = strandedAfter;
        this.clock = clock;
    }

    /** Whether nobody can hold a stranger's lock any more: it is older than any helm, and no hook of it is at work. */
    boolean stranded(Revision locked) {
        return locked.updated().plus(strandedAfter).isBefore(clock.instant())
                && cluster.runningHooks(target, locked).isEmpty();
    }

    /** Waits for a lock of the stage's own. */
    void own(Owned locked, Ownership ownership) {
        if (!ownership.abandoned(locked.revision(), locked.ours().orElseThrow())) {
            throw held(locked.revision(), "an earlier try of this stage is at work on it");
        }
        hooksEnded(locked.revision());
    }

    /** A hook is never killed, and nothing is changed beside it: it may be a migration. */
    private void hooksEnded(Revision revision) {
        List<String> running = cluster.runningHooks(target, revision);
        if (!running.isEmpty()) {
            throw held(revision, "its hook " + String.join(", ", running) + " is at work and is let finish");
        }
    }

    /**
     * Gives the lock free that a helm has left which is no more.
     *
     * @return false when it is no longer as it was seen
     * @throws ApplicationFailure HELM_LOCKED while somebody holds it
     */
    boolean free(Owned locked, Ownership ownership) {
        Revision revision = locked.revision();
        if (locked.ours().isPresent()) {
            own(locked, ownership);
        } else if (!stranded(revision)) {
            throw foreign(revision);
        }
        right.refusal().ifPresent(refusal -> {
            FailureType type = refusal.kind() == Refusal.Kind.NOT_NOW ? FailureType.HELM_LOCKED : FailureType.FENCED;
            throw type.failure(target.release() + " " + revision.words() + " is not unlocked: " + refusal.why());
        });
        return cluster.unlock(target, revision, "unlocked from stale '" + revision.status() + "' by slipway");
    }

    /** Whoever holds it, named. */
    ApplicationFailure foreign(Revision revision) {
        List<String> running = cluster.runningHooks(target, revision);
        return held(
                revision,
                "somebody else is at work on it"
                        + (running.isEmpty() ? "" : " (its hook " + String.join(", ", running) + " runs)")
                        + "; if nobody is, roll it back by hand: helm rollback " + target.release()
                        + " <good revision> --namespace " + target.namespace() + " (see helm history)");
    }

    private ApplicationFailure held(Revision revision, String why) {
        return FailureType.HELM_LOCKED.failure(target.release() + " " + revision.words() + ": " + why);
    }

    /** What is said about a lock that the deployment will clear. */
    static String remark(Revision locked) {
        return locked.words() + "; nobody holds this lock any more, so it is cleared before the deployment";
    }
}
