package dev.slipway.activities.helm;

import dev.slipway.model.PriorState;
import dev.slipway.workflows.api.HelmObservation;
import dev.slipway.workflows.api.HelmTarget;
import java.util.Optional;

/** What is there before a stage touches a release. */
final class Observation {
    private final HelmClient client;
    private final HelmTarget target;

    Observation(HelmClient client, HelmTarget target) {
        this.client = client;
        this.target = target;
    }

    HelmObservation look() {
        History history = client.history(target);
        Optional<Revision> newest = history.newest();
        Optional<Revision> deployed = history.deployed();
        PriorState prior = deployed.<PriorState>map(this::prior).orElse(new PriorState.Absent());
        Optional<String> locked = newest.filter(Revision::locked).map(Revision::words);
        return new HelmObservation(prior, locked, remark(history));
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
