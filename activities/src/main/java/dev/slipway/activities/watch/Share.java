package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One question that several ask in the same round: put once, the answer dealt out by track. */
final class Share {
    private final Selector shape;
    private final Map<Track, Instant> knownUpTo = new HashMap<>();

    Share(Selector shape) {
        this.shape = shape;
    }

    /** One more who asks, and up to when he knows the answer. */
    void join(Track track, Instant upTo) {
        knownUpTo.merge(track, upTo, (one, other) -> one.isBefore(other) ? one : other);
    }

    /** What came in since the one who knows least has asked; whoever knows nothing of too long a time is left out. */
    Answer samples(CounterSource source, Instant now, Reach reach) throws PrometheusException {
        knownUpTo.values().removeIf(upTo -> upTo.isBefore(now.minus(reach.longest())));
        Instant oldest = knownUpTo.values().stream().min(Instant::compareTo).orElse(now);
        Instant after = (oldest.isBefore(now) ? oldest : now).minus(reach.late());
        return knownUpTo.isEmpty()
                ? new Answer(now, Map.of())
                : dealt(after, source.samples(together(), Duration.between(after, now), now));
    }

    /** The newest samples. */
    Answer latest(CounterSource source, Instant now) throws PrometheusException {
        return dealt(now, source.latest(together(), now));
    }

    private Selector together() {
        return Question.together(shape, knownUpTo.keySet());
    }

    private Answer dealt(Instant after, Collection<Series> all) {
        Map<Track, List<Series>> byTrack = new HashMap<>();
        for (Series one : all) {
            Track track = one.track();
            if (knownUpTo.containsKey(track)) {
                byTrack.computeIfAbsent(track, t -> new ArrayList<>(2)).add(one);
            }
        }
        return new Answer(after, byTrack);
    }

    /**
     * How far a question that is put for several goes back.
     *
     * @param late how late a sample may come in
     * @param longest a longer stretch is asked for by each alone
     */
    record Reach(Duration late, Duration longest) {}

    /**
     * An answer for several tracks.
     *
     * @param after it is complete from this moment on
     */
    record Answer(Instant after, Map<Track, List<Series>> byTrack) {
        List<Series> of(Track track) {
            return byTrack.getOrDefault(track, List.of());
        }
    }
}
