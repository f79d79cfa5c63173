package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import dev.slipway.model.analysis.Seen;
import dev.slipway.model.analysis.Sighting;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.WatchState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the judge needs: all that was counted, and whether what is seen right now can be believed. */
final class Sightings {
    private final HelmTarget track;
    private final Docket docket;

    Sightings(HelmTarget track, Docket docket) {
        this.track = track;
        this.docket = docket;
    }

    /**
     * @param state folded up to the look's own time
     */
    Seen seen(WatchState state, Look look) {
        Map<String, Sighting> slos = new HashMap<>();
        for (Reading reading : look.readings()) {
            slos.put(reading.slo().name(), sighting(state, reading, look));
        }
        Duration elapsed = Duration.between(state.startedAt(), look.at());
        return new Seen(elapsed, state.healthy(), stale(look), slos);
    }

    private Sighting sighting(WatchState state, Reading reading, Look look) {
        Sighting sighting = reading.slo() instanceof Slo.Gauge gauge
                ? Sighting.level(Levels.tally(state, gauge), reading.query())
                : Sighting.events(docket.trial(state, reading.slo()), reading.query());
        Optional<String> gap = Gap.of(reading, look);
        if (gap.isPresent()) {
            return reading.hopeless() ? sighting.impossible(gap.get()) : sighting.missing(gap.get());
        }
        return reading.slo() instanceof Slo.Gauge gauge ? level(sighting, gauge, reading, look) : sighting;
    }

    private static Sighting level(Sighting sighting, Slo.Gauge gauge, Reading reading, Look look) {
        long oldest = look.at().minus(look.freshness(reading)).toEpochMilli();
        OptionalDouble worst = new Levels(gauge, reading.all()).outOfLimit(oldest);
        return worst.isPresent() ? sighting.out(worst.getAsDouble()) : sighting;
    }

    /** Why there is no fresh evidence. */
    private Optional<String> stale(Look look) {
        if (look.up().isEmpty()) {
            return Optional.of("Prometheus scrapes no pod of " + name());
        }
        long oldest = look.at().minus(look.freshness()).toEpochMilli();
        boolean scraped = false;
        for (Series pod : look.up()) {
            if (pod.newestMillis() > oldest) {
                if (pod.newestValue() != 1) {
                    return Optional.of("the scrape of " + name(pod) + " fails");
                }
                scraped = true;
            }
        }
        return scraped ? Optional.empty() : Optional.of("no fresh scrape of " + name());
    }

    private String name() {
        return track.release() + " in " + track.namespace();
    }

    private static String name(Series pod) {
        return pod.label("pod").isEmpty() ? "instance " + pod.label("instance") : "pod " + pod.label("pod");
    }
}
