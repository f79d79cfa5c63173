package dev.slipway.activities.route;

import dev.slipway.model.PriorState;
import dev.slipway.model.UndoResult;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Route;
import dev.slipway.workflows.api.RouteState;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.undo.Permit;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The port {@link Route} on any kind of router: who may write, what a write may overwrite, and the proof by reading back. */
public final class RouteActivities implements Route {
    private static final Duration ROUTER_LIMIT = Duration.ofSeconds(2);

    private final TrafficSwitch router;
    private final Settling settling;

    /** Waits up to two seconds after each write until the router says that it has taken it. */
    public RouteActivities(TrafficSwitch router) {
        this(router, ROUTER_LIMIT);
    }

    /**
     * @param routerLimit how long to wait after a write until the router says that it has taken it; then it is a warning
     *     in the log
     */
    public RouteActivities(TrafficSwitch router, Duration routerLimit) {
        this.router = router;
        this.settling = new Settling(router, routerLimit);
    }

    /** INVALID_INPUT, before the canary's backend is there, when the route is not one that shares can be set on. */
    @Override
    public RouteState observe(RouteTarget target) {
        TrafficSwitch.Sight seen = router.look(target);
        if (!seen.shares().has(target.canary())) {
            refuse(seen);
        }
        return seen.state();
    }

    @Override
    public RouteState shift(Permit permit, RouteTarget target, Weight canary) {
        return change(permit, target, shares -> shares.shifted(target, canary));
    }

    @Override
    public RouteState detach(Permit permit, RouteTarget target) {
        return change(permit, target, shares -> shares.detached(target));
    }

    private RouteState change(Permit permit, RouteTarget target, UnaryOperator<Shares> change) {
        Shares prior = prior(permit);
        for (int tries = 0; tries < TrafficSwitch.TRIES; tries++) {
            TrafficSwitch.Sight seen = router.look(target);
            fence(permit, target, seen);
            Shares wanted = change.apply(seen.shares());
            if (seen.state().epoch() == permit.epoch()) {
                return already(permit, target, seen, wanted);
            }
            if (!seen.isAsWeLeftIt() && !seen.shares().same(prior)) {
                throw interfered(target, seen, wanted);
            }
            refuse(seen);
            if (seen.write(RouteMark.of(permit), wanted)) {
                return readBack(permit, target, seen, wanted);
            }
        }
        throw restless(target);
    }

    /** This very permit has written before: its answer was lost, or somebody came after it. */
    private RouteState already(Permit permit, RouteTarget target, TrafficSwitch.Sight seen, Shares wanted) {
        if (seen.shares().same(wanted)) {
            return settling.await(target, seen.word(), seen).state();
        }
        if (seen.state().tripped().isPresent()) {
            throw FailureType.TRIPPED.failure("a watcher took the canary's traffic off " + target.route() + ": "
                    + seen.state().tripped().get());
        }
        if (seen.isAsWeLeftIt()) {
            throw FailureType.FENCED.failure("epoch " + permit.epoch() + " of " + target.route()
                    + " was used for other weights: " + seen.shares());
        }
        throw interfered(target, seen, wanted);
    }

    private RouteState readBack(Permit permit, RouteTarget target, TrafficSwitch.Sight before, Shares wanted) {
        TrafficSwitch.Sight seen = router.look(target);
        fence(permit, target, seen);
        if (seen.state().tripped().isPresent()) {
            throw FailureType.TRIPPED.failure(
                    "tripped right after the write: " + seen.state().tripped().get());
        }
        if (!seen.shares().same(wanted)) {
            throw interfered(target, seen, wanted);
        }
        return settling.await(target, before.word(), seen).state();
    }

    @Override
    public UndoResult restore(Permit permit, RouteTarget target) {
        Shares prior = prior(permit);
        for (int tries = 0; tries < TrafficSwitch.TRIES; tries++) {
            Optional<TrafficSwitch.Sight> found = find(target);
            if (found.isEmpty()) {
                return new UndoResult.NotOurs("the route " + target.route() + " was deleted by somebody else");
            }
            TrafficSwitch.Sight seen = found.get();
            fence(permit, target, seen);
            boolean there = seen.shares().same(prior);
            if (seen.state().epoch() == permit.epoch() && there) {
                return new UndoResult.AlreadyThere(prior.toString());
            }
            if (!there && (seen.state().epoch() == permit.epoch() || !seen.isAsWeLeftIt())) {
                return new UndoResult.NotOurs(difference(seen, prior));
            }
            // also when the backends are there already: the epoch rises, so that no older write can land after this
            if (seen.write(RouteMark.of(permit), prior)) {
                return restored(target, seen, prior, there);
            }
        }
        throw restless(target);
    }

    private UndoResult restored(RouteTarget target, TrafficSwitch.Sight before, Shares prior, boolean there) {
        TrafficSwitch.Sight seen = router.look(target);
        if (!seen.shares().same(prior)) {
            return new UndoResult.Failed(
                    "wrote " + prior + " and read back " + seen.shares() + ", changed by " + seen.changedBy());
        }
        boolean taken = settling.await(target, before.word(), seen).word().taken();
        String detail = prior + ", read back" + (taken ? " and taken by the router" : "");
        return there ? new UndoResult.AlreadyThere(detail) : new UndoResult.Restored(detail);
    }

    private Optional<TrafficSwitch.Sight> find(RouteTarget target) {
        try {
            return Optional.of(router.look(target));
        } catch (ApplicationFailure e) {
            if (FailureType.MISSING.name().equals(e.getType())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void fence(Permit permit, RouteTarget target, TrafficSwitch.Sight seen) {
        if (seen.state().epoch() > permit.epoch()) {
            throw FailureType.FENCED.failure(target.route() + " is at epoch "
                    + seen.state().epoch() + ", this writer has " + permit.epoch() + " and changed nothing");
        }
    }

    private static void refuse(TrafficSwitch.Sight seen) {
        seen.objection().ifPresent(why -> {
            throw FailureType.INVALID_INPUT.failure(why);
        });
    }

    private static ApplicationFailure interfered(RouteTarget target, TrafficSwitch.Sight seen, Shares wanted) {
        return FailureType.INTERFERED.failure(target.route() + " is " + seen.shares() + ", which we did not leave;"
                + " changed by " + seen.changedBy() + ". Wanted " + wanted + ".");
    }

    private static ApplicationFailure restless(RouteTarget target) {
        return FailureType.UNREACHABLE.failure(target.route() + " changes faster than it can be written");
    }

    private static String difference(TrafficSwitch.Sight seen, Shares prior) {
        return "is " + seen.shares() + ", which we did not leave; it was " + prior + " before. Changed by "
                + seen.changedBy();
    }

    private static Shares prior(Permit permit) {
        if (permit.prior() instanceof PriorState.RouteBackends route) {
            return new Shares(route.backends());
        }
        throw FailureType.INVALID_INPUT.failure("a permit for " + permit.resource() + " is none for a route");
    }
}
