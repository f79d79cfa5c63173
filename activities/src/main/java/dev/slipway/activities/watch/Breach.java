package dev.slipway.activities.watch;

import dev.slipway.model.Verdict;
import dev.slipway.model.analysis.sequential.Tape;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports a verdict; when it is Failed, the traffic goes off first, because every second costs requests. */
final class Breach {
    private static final Logger LOG = LoggerFactory.getLogger(Breach.class);
    private static final int TRIES = 2;

    private final TripWire wire;

    Breach(TripWire wire) {
        this.wire = wire;
    }

    WatchResult report(WatchOrder order, Verdict verdict, Optional<Tape> tape) {
        boolean tripped = verdict instanceof Verdict.Failed
                && order.trip().isPresent()
                && tripped(order.trip().get(), verdict.reason());
        return new WatchResult.Decided(verdict, tripped, tape);
    }

    /** A trip that cannot be done is reported as not done: the workflow takes the traffic off too, and retries for longer. */
    private boolean tripped(WatchOrder.Trip trip, String reason) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                boolean off = wire.trip(trip.route(), trip.epoch(), reason);
                LOG.info(
                        "{} the traffic off {} at epoch {}: {}",
                        off ? "took" : "was too late to take",
                        trip.route().route(),
                        trip.epoch(),
                        reason);
                return off;
            } catch (RuntimeException e) {
                LOG.warn(
                        "could not take the traffic off {} (attempt {} of {}): {}",
                        trip.route().route(),
                        attempt,
                        TRIES,
                        e.getMessage());
            }
        }
        return false;
    }
}
