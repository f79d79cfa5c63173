package dev.slipway.activities.helm;

import dev.slipway.model.PriorState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects that a stage's revisions have made. Helm compares with one revision only, so some may stay behind. */
final class Inventory {
    private static final int NAMED = 10;

    private final Workbench bench;

    Inventory(Workbench bench) {
        this.bench = bench;
    }

    /** The objects of all revisions of the stage that were seen. */
    Map<String, RenderedObject> of(Sight sight) {
        Map<String, RenderedObject> made = new LinkedHashMap<>();
        sight.history().revisions().stream()
                .filter(r -> sight.tail().stream()
                        .anyMatch(o -> o.revision().equals(r) && o.ours().isPresent()))
                .forEach(r -> manifest(r.revision()).objects().forEach(o -> made.put(o.id(), o)));
        return made;
    }

    /** For a person: which of them are still there, empty when none. */
    Optional<String> left(Map<String, RenderedObject> made) {
        List<String> there = made.isEmpty() ? List.of() : bench.cluster().present(bench.target(), made.values());
        if (there.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("; Helm has left behind what this stage has made: "
                + String.join(", ", there.subList(0, Math.min(NAMED, there.size())))
                + (there.size() > NAMED ? " and " + (there.size() - NAMED) + " more" : "")
                + "; delete them by hand when nobody needs them");
    }

    /** As {@link #left}, of what the prior revision has not. */
    Optional<String> leftBy(Sight sight, PriorState.HelmRevision prior) {
        Map<String, RenderedObject> made = of(sight);
        if (!made.isEmpty()) {
            manifest(prior.revision()).objects().forEach(o -> made.remove(o.id()));
        }
        return left(made);
    }

    private Manifest manifest(int revision) {
        return bench.client().manifest(bench.target(), revision);
    }
}
