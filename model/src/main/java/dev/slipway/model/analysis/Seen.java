package dev.slipway.model.analysis;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a watch has seen up to now.
 *
 * @param elapsed since the watch began
 * @param healthy time with fresh evidence of health
 * @param stale why there is no fresh evidence right now; empty when there is
 * @param slos by the SLO's name
 */
public record Seen(Duration elapsed, Duration healthy, Optional<String> stale, Map<String, Sighting> slos) {
    public Seen {
        slos = Map.copyOf(slos);
    }
}
