package dev.slipway.activities.route;

import dev.slipway.model.BackendWeight;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.RouteTarget;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wait after a write until the router has taken it. */
final class Settling {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final TrafficSwitch router;
    private final Duration limit;

    Settling(TrafficSwitch router, Duration limit) {
        this.router = router;
        this.limit = limit;
    }

    /**
     * The last sight of the wait. A router that does not report is a warning, because the write itself was read back. A
     * router that newly complains, with traffic on the canary, is an error: it could not find the canary's Service.
     *
     * @param before what the router said before the write
     */
    TrafficSwitch.Sight await(RouteTarget target, TrafficSwitch.Word before, TrafficSwitch.Sight written) {
        TrafficSwitch.Sight seen = written;
        long end = System.nanoTime() + limit.toNanos();
        while (!isSettled(target, seen) && System.nanoTime() < end && pause()) {
            seen = router.look(target);
        }
        TrafficSwitch.Word word = seen.word();
        if (!word.taken()) {
            LOG.warn(
                    "{}/{}: no router has reported the newest weights within {}",
                    target.namespace(),
                    target.route(),
                    limit);
        } else if (word.complaint().isPresent() && before.complaint().isEmpty() && hasCanaryTraffic(target, seen)) {
            throw FailureType.MISSING.failure(
                    target.route() + " was written, but " + word.complaint().get());
        }
        return seen;
    }

    /** A complaint may go away when the router has learnt of a new Service; without canary traffic it does not matter. */
    private static boolean isSettled(RouteTarget target, TrafficSwitch.Sight seen) {
        TrafficSwitch.Word word = seen.word();
        return word.taken() && (word.complaint().isEmpty() || !hasCanaryTraffic(target, seen));
    }

    private static boolean hasCanaryTraffic(RouteTarget target, TrafficSwitch.Sight seen) {
        return seen.shares().list().stream()
                .filter(b -> b.backend().equals(target.canary()))
                .anyMatch((BackendWeight b) -> b.weight() > 0);
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
