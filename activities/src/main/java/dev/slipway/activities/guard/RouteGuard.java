package dev.slipway.activities.guard;

import dev.slipway.activities.route.TrafficSwitch;
import dev.slipway.model.BackendWeight;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.RouteState;
import dev.slipway.workflows.api.RouteTarget;
import io.temporal.failure.ApplicationFailure;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a route has the shares and the epoch of our last write. */
final class RouteGuard {
    private final TrafficSwitch router;

    RouteGuard(TrafficSwitch router) {
        this.router = router;
    }

    Optional<String> change(Footprint.Route left) {
        try {
            return change(left, router.look(left.target()));
        } catch (ApplicationFailure e) {
            if (FailureType.MISSING.name().equals(e.getType())) {
                return Optional.of(name(left.target()) + " was deleted; we had left it at " + words(left.backends()));
            }
            throw e;
        }
    }

    private static Optional<String> change(Footprint.Route left, TrafficSwitch.Sight seen) {
        RouteState now = seen.state();
        boolean sameEpoch = now.epoch() == left.epoch();
        // a watcher of this epoch has cut the traffic: our own hand, and what it left is still there
        boolean tripped = now.tripped().isPresent() && seen.isAsWeLeftIt();
        if (sameEpoch && (tripped || same(left.backends(), now.backends()))) {
            return Optional.empty();
        }
        String by = sameEpoch || !seen.isAsWeLeftIt()
                ? "changed by " + seen.changedBy()
                : "written by another stage of Slipway";
        return Optional.of(name(left.target()) + " is " + words(now.backends()) + " at epoch " + now.epoch()
                + "; we had left " + words(left.backends()) + " at epoch " + left.epoch() + "; " + by);
    }

    /** Their order has no meaning. */
    private static boolean same(List<BackendWeight> left, List<BackendWeight> now) {
        return left.size() == now.size() && new HashSet<>(left).equals(new HashSet<>(now));
    }

    private static String words(List<BackendWeight> backends) {
        return backends.stream().map(b -> b.backend() + "=" + b.weight()).collect(Collectors.joining(","));
    }

    private static String name(RouteTarget target) {
        return "HTTPRoute " + target.namespace() + "/" + target.route();
    }
}
