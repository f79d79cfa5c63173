package dev.slipway.workflows.api;

import dev.slipway.model.BackendWeight;
import java.util.List;
import java.util.Optional;

/**
 * A route as the API server has it.
 *
 * @param epoch of the last write of ours, 0 when there was none
 * @param tripped why a watcher took the canary's traffic off, absent when none did
 */
public record RouteState(List<BackendWeight> backends, long epoch, Optional<String> tripped) {
    public RouteState {
        backends = List.copyOf(backends);
    }

    /** The share of the given service, whole percent rounded, 0 when it is no backend. */
    public int percentOf(String service) {
        int total = backends.stream().mapToInt(BackendWeight::weight).sum();
        int own = backends.stream()
                .filter(b -> b.backend().service().equals(service))
                .mapToInt(BackendWeight::weight)
                .sum();
        return total == 0 ? 0 : (int) Math.round(100.0 * own / total);
    }
}
