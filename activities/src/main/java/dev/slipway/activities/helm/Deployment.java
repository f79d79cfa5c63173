package dev.slipway.activities.helm;

import dev.slipway.model.PriorState;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.Deployed;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.undo.Permit;
import java.util.Optional;

/** Brings one Helm release to the new version: look, act, look again. helm's exit code is a hint, not the truth. */
final class Deployment {
    private final HelmClient client;
    private final Ownership ownership;
    private final Recovery recovery;
    private final Permit permit;
    private final DeployOrder order;
    private final Mark mark;

    Deployment(
            HelmClient client,
            Ownership ownership,
            Recovery recovery,
            Permit permit,
            DeployOrder order,
            String writer) {
        this.client = client;
        this.ownership = ownership;
        this.recovery = recovery;
        this.permit = permit;
        this.order = order;
        this.mark = Mark.of(permit, writer);
    }

    Deployed apply(Chart chart) {
        History before = client.history(order.target());
        Optional<Deployed> already = alreadyThere(before);
        if (already.isPresent()) {
            return already.get();
        }
        if (cleared(before)) {
            before = client.history(order.target());
        }
        notInterfered(before);
        HelmCommand upgrade = HelmCli.upgrade(
                order.target(),
                chart.folder(),
                chart.values().json(),
                mark,
                before.next(),
                order.timeout(),
                order.historyMax());
        Finished finished = client.change(upgrade, chart.values().secrets());
        return alreadyThere(client.history(order.target()))
                .map(d -> new Deployed(d.revision(), d.manifest(), false))
                .orElseThrow(() -> HelmFailure.of(upgrade, finished));
    }

    /** Whether the newest revision was deployed under this very permit; stops when a newer permit was used. */
    private Optional<Deployed> alreadyThere(History history) {
        Optional<Revision> newest = history.newest();
        Optional<Mark> ours = newest.flatMap(ownership::ours);
        ours.ifPresent(ownership::fence);
        if (newest.isPresent()
                && newest.get().deployed()
                && ours.filter(m -> m.epoch() == permit.epoch() && m.undoTo().isEmpty())
                        .isPresent()) {
            int revision = newest.get().revision();
            return Optional.of(new Deployed(
                    revision, client.manifest(order.target(), revision).digest(), true));
        }
        return Optional.empty();
    }

    /** Clears a lock that a killed helm of ours left; anybody else's is waited for. */
    private boolean cleared(History history) {
        Optional<Revision> locked = history.newest().filter(Revision::locked);
        if (locked.isEmpty()) {
            return false;
        }
        Revision revision = locked.get();
        Optional<Mark> ours = ownership.ours(revision);
        if (ours.isEmpty() || !ownership.abandoned(revision, ours.get())) {
            throw FailureType.HELM_LOCKED.failure(order.target().release() + " " + revision.words());
        }
        recovery.unlock();
        return true;
    }

    /** Since the first touch of this stage nobody else may have deployed. */
    private void notInterfered(History history) {
        Optional<PriorState.HelmRevision> prior = PriorRevision.of(permit);
        Optional<Revision> deployed = history.deployed();
        if (prior.isPresent() && deployed.isEmpty()) {
            throw FailureType.INTERFERED.failure(order.target().release() + " was at revision "
                    + prior.get().revision() + ", but has no deployed revision any more");
        }
        if (deployed.isEmpty()
                || prior.filter(p -> p.revision() == deployed.get().revision()).isPresent()) {
            return;
        }
        if (ownership.ours(deployed.get()).isEmpty() && !ownership.isPrior(deployed.get())) {
            throw FailureType.INTERFERED.failure(order.target().release() + " was changed by somebody else: "
                    + deployed.get().words());
        }
    }
}
