package dev.slipway.activities.helm;

import dev.slipway.model.PriorState;
import dev.slipway.workflows.api.HelmObservation;
import dev.slipway.workflows.api.HelmTarget;
import java.util.Optional;

/** What is there before a stage touches a release. */
final class Observation {
    private final HelmClient client;
    private final Lock lock;
    private final HelmTarget target;

    Observation(HelmClient client, Lock lock, HelmTarget target) {
        this.client = client;
        this.lock = lock;
        this.target = target;
    }

    /**
     * Looks, changes nothing.
     *
     * @throws io.temporal.failure.ApplicationFailure HELM_LOCKED while somebody is at work on the release: what it will be
     *     is not known yet
     */
    HelmObservation look() {
        History history = client.history(target);
        Optional<Revision> locked = history.newest().filter(Revision::locked);
        locked.filter(l -> !lock.stranded(l)).ifPresent(held -> {
            throw lock.foreign(held);
        });
        PriorState prior = history.deployed().<PriorState>map(this::prior).orElse(new PriorState.Absent());
        return new HelmObservation(
                prior, locked.map(Revision::words), locked.map(Lock::remark).or(() -> remark(history)));
    }

    private PriorState.HelmRevision prior(Revision revision) {
        Manifest manifest = client.manifest(target, revision.revision());
        return new PriorState.HelmRevision(
                revision.revision(),
                revision.chart(),
                revision.appVersion() == null ? "" : revision.appVersion(),
                manifest.digest(),
                manifest.images());
    }

    private static Optional<String> remark(History history) {
        if (history.revisions().isEmpty()) {
            return Optional.empty();
        }
        Revision last = history.revisions().get(history.revisions().size() - 1);
        if (last.gone()) {
            return Optional.of("it was uninstalled with its history kept; an undo uninstalls it again");
        }
        if (last.deployed() || last.locked()) {
            return Optional.empty();
        }
        return Optional.of(history.deployed()
                .map(d -> last.words() + "; revision " + d.revision() + " is the newest that is deployed and is what"
                        + " an undo returns to")
                .orElse(last.words() + "; nothing was ever deployed, so an undo uninstalls"));
    }
}
