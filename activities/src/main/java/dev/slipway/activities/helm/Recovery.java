package dev.slipway.activities.helm;

import dev.slipway.model.PriorState;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.undo.Permit;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Puts one Helm release back, or takes it away: the two calls that also clear the lock of a helm that was killed. */
final class Recovery {
    private final HelmClient client;
    private final HelmTarget target;
    private final Permit permit;
    private final String writer;
    private final Duration timeout;

    Recovery(HelmClient client, HelmTarget target, Permit permit, String writer, Duration timeout) {
        this.client = client;
        this.target = target;
        this.permit = permit;
        this.writer = writer;
        this.timeout = timeout;
    }

    /** {@code helm rollback} to exactly this revision. */
    Finished rollBack(PriorState.HelmRevision prior, Hooks hooks) {
        Mark mark = Mark.undo(permit, writer, prior.revision());
        return client.change(HelmCli.rollback(target, prior.revision(), mark, timeout, hooks), List.of());
    }

    /** {@code helm uninstall}; returns when the objects are deleted. */
    Finished uninstall(Hooks hooks) {
        return client.change(HelmCli.uninstall(target, timeout, hooks), List.of());
    }

    /**
     * Clears the lock that a killed helm of this stage left, where its record cannot be corrected: by going back.
     *
     * @throws io.temporal.failure.ApplicationFailure when it could not be cleared
     */
    void unlock() {
        Optional<PriorState.HelmRevision> prior = PriorRevision.of(permit);
        Finished finished = prior.isPresent() ? rollBack(prior.get(), Hooks.SKIP) : uninstall(Hooks.SKIP);
        client.history(target).newest().filter(Revision::locked).ifPresent(still -> {
            throw FailureType.HELM_LOCKED.failure(still.words()
                    + ", left by a helm of this stage that was killed; clearing it failed: " + finished.error());
        });
    }

    /** The failure of a rollback or uninstall that did not do it. */
    ApplicationFailure failure(String verb, Finished finished) {
        FailureType type = finished.ok() ? FailureType.UNKNOWN : HelmFailure.classify(finished.error());
        return type.failure("helm " + verb + " " + target.release() + ": " + finished.error());
    }

    /** As {@link #failure(String, Finished)}, with the command that a person can try. */
    ApplicationFailure failure(String verb, Finished finished, String byHand) {
        ApplicationFailure failure = failure(verb, finished);
        return FailureType.valueOf(failure.getType()).failure(failure.getOriginalMessage() + "; by hand: " + byHand);
    }
}
