package dev.slipway.activities.sweep;

import dev.slipway.model.Resource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes down what must never be seen, the first time that it is seen. */
final class Witness {
    private final Map<Invariant, String> broken = new EnumMap<>(Invariant.class);
    private final Map<Resource, Attempt> writers = new EnumMap<>(Resource.class);

    /** The invariant is broken unless it holds. */
    synchronized void holds(Invariant invariant, boolean holds, String otherwise) {
        if (!holds) {
            broken.putIfAbsent(invariant, otherwise);
        }
    }

    /** An attempt has written; after the write of a later one that must not be. */
    synchronized void wrote(Resource resource, Attempt attempt) {
        Attempt last = writers.put(resource, attempt);
        holds(
                Invariant.ONE_WRITER,
                last == null || last.number() <= attempt.number(),
                attempt + " changed " + resource + " after " + last);
    }

    /** What was changed. */
    synchronized List<Resource> touched() {
        return List.copyOf(writers.keySet());
    }

    /** What was seen. */
    synchronized Map<Invariant, String> broken() {
        return Map.copyOf(broken);
    }
}
