package dev.slipway.workflows.api;

import dev.slipway.model.Difference;
import dev.slipway.model.UndoResult;
import dev.slipway.workflows.undo.Permit;
import io.temporal.activity.ActivityInterface;

/**
 * Helm releases of one environment. Every call observes before it acts and after; helm's exit code is not the truth. All
 * throw {@link FailureType} failures.
 */
@ActivityInterface(namePrefix = "Helm_")
public interface Helm {
    /** Looks, changes nothing; HELM_LOCKED, with who holds it, while somebody is at work on the release. */
    HelmObservation observe(HelmTarget target);

    /** Renders stable (and canary) and checks the chart contract; Failed verdicts, not exceptions, for a wrong chart. */
    RenderReport render(RenderOrder order);

    /**
     * What the version would change here, stable's side: values and rendered objects against those of what is deployed, or of
     * what was deployed before this stage. No secrets are in the answer. The whole of it goes to the starter.
     */
    Difference compare(DifferenceOrder order);

    /**
     * {@code helm upgrade --install}, without waiting for readiness; doing it twice with one permit is doing it once. The only
     * call that brings something of a new version; UNAPPROVED, and nothing touched, where that needs approvals.
     */
    Deployed apply(Permit permit, DeployOrder order);

    /**
     * Back to the permit's prior state: an explicit revision, or uninstalled when it was absent. Idempotent. The chart's
     * hooks do not run.
     */
    UndoResult restore(Permit permit, HelmTarget target);

    /** As {@link #restore}, with the chart's rollback and delete hooks, which may be migrations: only when the pipeline says so. */
    UndoResult restoreWithHooks(Permit permit, HelmTarget target);

    /** Uninstalls a release that the new version no longer needs (the canary after promotion). Idempotent. */
    void uninstall(Permit permit, HelmTarget target);
}
