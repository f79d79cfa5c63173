package dev.slipway.activities.route;

import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.RouteState;
import dev.slipway.workflows.api.RouteTarget;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;

/**
 * One kind of router, as the release and its watcher need it. Writers are fenced by epochs: a write succeeds only on the
 * very state that its writer has looked at.
 */
public interface TrafficSwitch {
    /** How often a writer looks again when somebody was faster, before it gives up. */
    int TRIES = 5;

    /**
     * Looks, changes nothing.
     *
     * @throws ApplicationFailure MISSING when there is no such route
     */
    Sight look(RouteTarget target);

    /**
     * Takes the canary's traffic off for a watcher that saw a breach. Idempotent.
     *
     * @param epoch of the write that the watcher watches; at any other epoch the watcher is stale and harms nobody
     * @param reason for people, kept on the route
     * @throws ApplicationFailure MISSING when there is no such route, UNREACHABLE when it cannot be known
     */
    default Trip trip(RouteTarget target, long epoch, String reason) {
        for (int tries = 0; tries < TRIES; tries++) {
            Sight seen = look(target);
            if (seen.state().epoch() != epoch) {
                return Trip.FENCED;
            }
            if (!seen.isAsWeLeftIt()) {
                return Trip.NOT_OURS;
            }
            if (seen.state().tripped().isPresent()) {
                return Trip.CUT;
            }
            // after a write the next look reads it back
            seen.write(
                    new RouteMark(epoch, Optional.empty(), Optional.of(reason)),
                    seen.shares().cut(target));
        }
        throw FailureType.UNREACHABLE.failure("the route " + target.route() + " changes faster than it can be cut");
    }

    /** A route at one moment. */
    interface Sight {
        /** For the workflow. */
        RouteState state();

        /** The backends of every rule that has stable. */
        default Shares shares() {
            return new Shares(state().backends());
        }

        /** Whether backends and weights are what the last write of ours left; never before there was one. */
        boolean isAsWeLeftIt();

        /** What makes it impossible to set exact shares, in a sentence; empty when nothing does. */
        Optional<String> objection();

        /** Who else wrote the backends last and when, as far as it is known, for a sentence. */
        String changedBy();

        /** What the router says about this very state. */
        Word word();

        /**
         * Sets these shares and leaves the mark, as one write.
         *
         * @return false when the route is no longer what was seen; nothing is changed then
         */
        boolean write(RouteMark mark, Shares wanted);
    }

    /**
     * What a router says about a route.
     *
     * @param taken whether it has seen the newest state
     * @param complaint what it does not like, absent when nothing
     */
    record Word(boolean taken, Optional<String> complaint) {}
}
