package dev.slipway.activities.sweep;

import dev.slipway.activities.helm.MemoryHelm;
import dev.slipway.activities.route.TrafficSwitch;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.Guard;
import dev.slipway.workflows.api.RouteState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Compares what a stage left with what is there, by revision and by weights. */
final class MemoryGuard implements Guard {
    private final MemoryHelm helm;
    private final TrafficSwitch router;

    MemoryGuard(MemoryHelm helm, TrafficSwitch router) {
        this.helm = helm;
        this.router = router;
    }

    @Override
    public Optional<String> compare(Footprint left) {
        return left.releases().stream()
                .flatMap(release -> changed(release).stream())
                .findFirst()
                .or(() -> left.route().flatMap(this::changed));
    }

    private Optional<String> changed(Footprint.Release release) {
        List<String> revisions = helm.revisions(release.target());
        String left = release.revision() + " deployed";
        boolean same =
                !revisions.isEmpty() && revisions.get(revisions.size() - 1).equals(left);
        return same ? Optional.empty() : Optional.of(release.target().release() + " is " + revisions + ", not " + left);
    }

    private Optional<String> changed(Footprint.Route route) {
        RouteState now = router.look(route.target()).state();
        boolean tripped = now.tripped().isPresent() && now.epoch() == route.epoch();
        boolean same = new HashSet<>(now.backends()).equals(new HashSet<>(route.backends()));
        return same || tripped ? Optional.empty() : Optional.of("the route is " + now + ", not " + route);
    }
}
