package dev.slipway.activities.watch;

import dev.slipway.workflows.api.RouteTarget;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Trips in a thread of its own, and waits for it in a way that a {@link java.util.concurrent.ForkJoinPool} knows of: it puts
 * another thread in, so that an API server that hangs stops no other watch.
 */
final class SideWire implements TripWire {
    private final TripWire wire;
    private final Executor executor;

    SideWire(TripWire wire, Executor executor) {
        this.wire = wire;
        this.executor = executor;
    }

    @Override
    public boolean trip(RouteTarget route, long epoch, String reason) {
        try {
            return CompletableFuture.supplyAsync(() -> wire.trip(route, epoch, reason), executor)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
