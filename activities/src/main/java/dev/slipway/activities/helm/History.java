package dev.slipway.activities.helm;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The revisions of one Helm release, oldest first; empty when there is no release. */
record History(List<Revision> revisions) {
    static final History NONE = new History(List.of());

    History {
        revisions = revisions.stream()
                .sorted(Comparator.comparingInt(Revision::revision))
                .toList();
    }

    /** The newest revision; a release that was uninstalled with its history kept has none. */
    Optional<Revision> newest() {
        return last().filter(r -> !r.gone());
    }

    /** The newest revision that is deployed. */
    Optional<Revision> deployed() {
        return revisions.stream().filter(Revision::deployed).reduce((a, b) -> b).filter(r -> newest().isPresent());
    }

    /** The number that Helm gives to the next revision. */
    int next() {
        return last().map(Revision::revision).orElse(0) + 1;
    }

    /** One revision. */
    Optional<Revision> find(int revision) {
        return revisions.stream().filter(r -> r.revision() == revision).findFirst();
    }

    /** The revisions after the given one. */
    List<Revision> after(int revision) {
        return revisions.stream().filter(r -> r.revision() > revision).toList();
    }

    private Optional<Revision> last() {
        return revisions.isEmpty() ? Optional.empty() : Optional.of(revisions.get(revisions.size() - 1));
    }
}
