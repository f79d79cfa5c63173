package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom we scrape: the pods as they were listed last, and those that are gone for as long as their samples are kept. */
final class Roster {
    /** More of them are left to Prometheus. */
    static final int MOST_PODS = 100;

    private static final Duration FRESH = Duration.ofSeconds(15);

    private final PodList list;
    private final Set<String> releases;
    private final int mostSamples;
    private final Map<PodAddress, PodScrape> pods = new LinkedHashMap<>();
    private Set<PodAddress> listed = Set.of();
    private @Nullable Instant first;
    private @Nullable Instant newest;
    private String trouble = "the pods are not listed yet";

    /**
     * @param releases each must have a pod, or nothing is covered
     * @param mostSamples of each series that are kept
     */
    Roster(PodList list, Set<String> releases, int mostSamples) {
        this.list = list;
        this.releases = Set.copyOf(releases);
        this.mostSamples = mostSamples;
    }

    /**
     * Lists the pods, which may take long; an old list stays when that fails.
     *
     * @param forget samples of pods that are gone, and ended series, are dropped when they are older
     */
    void relist(Instant at, Instant forget) {
        try {
            take(at, new HashSet<>(list.now()));
        } catch (RuntimeException e) {
            fail(e);
        }
        all().forEach(pod -> pod.forget(forget));
        dropGone();
    }

    private synchronized void take(Instant at, Set<PodAddress> now) {
        Set<PodAddress> scraped = now.size() > MOST_PODS ? Set.of() : now;
        trouble = now.size() > MOST_PODS ? "there are more than " + MOST_PODS + " pods" : "";
        scraped.forEach(pod -> pods.computeIfAbsent(pod, p -> new PodScrape(p, at, mostSamples))
                .listed());
        listed().stream().filter(pod -> !scraped.contains(pod.address())).forEach(pod -> pod.left(at));
        listed = scraped;
        first = first == null ? at : first;
        newest = at;
    }

    private synchronized void fail(RuntimeException e) {
        trouble = "the pods cannot be listed: " + e.getMessage();
    }

    private synchronized void dropGone() {
        pods.values().removeIf(pod -> !listed.contains(pod.address()) && pod.isEmpty());
    }

    /** Everybody is found anew. */
    synchronized void clear() {
        pods.clear();
        listed = Set.of();
        first = null;
        newest = null;
        trouble = "the clock went back";
    }

    /** The pods to scrape. */
    synchronized List<PodScrape> listed() {
        return pods.values().stream()
                .filter(pod -> listed.contains(pod.address()))
                .toList();
    }

    /** The pods that samples are kept of. */
    synchronized List<PodScrape> all() {
        return List.copyOf(pods.values());
    }

    /** Whether the pods were ever listed. */
    synchronized Optional<String> unknown() {
        return newest == null ? Optional.of(trouble) : Optional.empty();
    }

    /** Why what the pods counted after {@code cursor} is not all here. */
    synchronized Optional<String> gap(Instant cursor, Instant now, Instant fresh) {
        if (first == null || newest == null || newest.isBefore(now.minus(FRESH)) || listed.isEmpty()) {
            return Optional.of(trouble.isEmpty() ? "no pod wants to be scraped" : trouble);
        }
        Set<String> missing = new HashSet<>(releases);
        List<Optional<String>> gaps = new ArrayList<>();
        for (PodScrape pod : listed()) {
            missing.remove(pod.address().release());
            gaps.add(pod.gap(cursor, first, fresh));
        }
        return missing.stream()
                .map(release -> "no pod of " + release + " wants to be scraped")
                .findFirst()
                .or(() -> gaps.stream().flatMap(Optional::stream).findFirst());
    }
}
