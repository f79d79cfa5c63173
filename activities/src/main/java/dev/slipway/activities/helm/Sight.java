package dev.slipway.activities.helm;

import java.util.List;
import java.util.Optional;

/**
 * What one look at a release saw.
 *
 * @param history every revision that Helm still knows
 * @param tail the newest deployed revision and all after it, or all when none is deployed; oldest first
 */
record Sight(History history, List<Owned> tail) {
    Sight {
        tail = List.copyOf(tail);
    }

    /** The newest revision, empty when there is no release. */
    Optional<Owned> newest() {
        return tail.isEmpty() ? Optional.empty() : Optional.of(tail.get(tail.size() - 1));
    }

    /** The newest revision that is deployed. */
    Optional<Owned> deployed() {
        return tail.stream().filter(o -> o.revision().deployed()).findFirst();
    }

    /** Whether this stage run has made one of them. */
    boolean anyOurs() {
        return tail.stream().anyMatch(o -> o.ours().isPresent());
    }
}
