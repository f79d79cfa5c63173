package dev.slipway.activities.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one pod has said since it was found, its {@code up} included. */
final class PodScrape {
    /** As a {@code sample_limit}: a label that is different for each request must not fill the heap. */
    static final int MOST_SERIES = 20_000;

    private final PodAddress address;
    private final Instant found;
    private final int most;
    private final Map<Map<String, String>, SampleRing> series = new HashMap<>();
    private final Map<String, Set<String>> labelNames = new HashMap<>();
    private @Nullable Instant scraping;
    private boolean gone;
    private @Nullable Instant firstGood;
    private @Nullable Instant lastGood;
    private String trouble = "it has not been scraped yet";

    /**
     * @param found when it was listed for the first time
     * @param most samples of each series that are kept
     */
    PodScrape(PodAddress address, Instant found, int most) {
        this.address = address;
        this.found = found;
        this.most = most;
    }

    PodAddress address() {
        return address;
    }

    /** Whether a scrape may begin at {@code at}, since the one before has ended. If so it begins. */
    synchronized boolean begin(Instant at) {
        boolean may = scraping == null;
        scraping = may ? at : scraping;
        return may;
    }

    /** When the scrape began that has not ended. */
    synchronized Optional<Instant> scraping() {
        return Optional.ofNullable(scraping);
    }

    /** A scrape that began at {@code at} has ended well. What is no longer said has ended. */
    synchronized void said(Instant at, List<Scraped> values) {
        Map<Map<String, String>, Double> now = new HashMap<>();
        values.forEach(one -> now.putIfAbsent(address.labels(one.metric(), one.labels()), one.value()));
        if (now.size() > MOST_SERIES) {
            failed(at, "it has more than " + MOST_SERIES + " series of what is watched");
            return;
        }
        now.put(up(), 1.0);
        take(at, now);
        firstGood = firstGood == null ? at : firstGood;
        lastGood = at;
    }

    /** A scrape that began at {@code at} has failed. */
    synchronized void failed(Instant at, String why) {
        trouble = why;
        take(at, Map.of(up(), 0.0));
    }

    /** The pod is no longer listed: its series end, and what it still answers comes too late. */
    synchronized void left(Instant at) {
        gone = true;
        series.values().forEach(ring -> ring.end(at));
    }

    /** The pod is listed, perhaps again. */
    synchronized void listed() {
        gone = false;
    }

    private void take(Instant at, Map<Map<String, String>, Double> values) {
        scraping = null;
        if (gone) {
            return;
        }
        values.forEach((labels, value) -> ring(labels).add(at, value));
        series.forEach((labels, ring) -> {
            if (!values.containsKey(labels)) {
                ring.end(at);
            }
        });
    }

    private SampleRing ring(Map<String, String> labels) {
        return series.computeIfAbsent(labels, key -> {
            labelNames
                    .computeIfAbsent(key.getOrDefault(PodAddress.NAME, ""), name -> new HashSet<>())
                    .addAll(key.keySet());
            return new SampleRing(most);
        });
    }

    private Map<String, String> up() {
        return address.labels("up", Map.of());
    }

    /** Drops the series that have not changed since. */
    synchronized void forget(Instant since) {
        series.values().removeIf(ring -> ring.newest().isBefore(since));
    }

    /** Whether no samples are kept. */
    synchronized boolean isEmpty() {
        return series.isEmpty();
    }

    /** The names of the labels that the metric's series have; empty when there was none yet. */
    synchronized Set<String> labelNames(String metric) {
        return Set.copyOf(labelNames.getOrDefault(metric, Set.of()));
    }

    synchronized List<Series> samples(Predicate<Map<String, String>> wanted, Instant after, Instant upTo) {
        return select(wanted, ring -> ring.between(after, upTo));
    }

    synchronized List<Series> latest(Predicate<Map<String, String>> wanted, Instant after, Instant upTo) {
        return select(wanted, ring -> ring.latest(after, upTo).stream().toList());
    }

    private List<Series> select(Predicate<Map<String, String>> wanted, Function<SampleRing, List<Sample>> part) {
        List<Series> selected = new ArrayList<>();
        series.forEach((labels, ring) -> {
            List<Sample> samples = wanted.test(labels) ? part.apply(ring) : List.of();
            if (!samples.isEmpty()) {
                selected.add(new Series(labels, samples));
            }
        });
        return selected;
    }

    /**
     * Why this pod's counters after {@code cursor} are not all here. A pod found after the first list began to count
     * after that, so it needs no sample at the cursor.
     *
     * @param fresh how old the newest good scrape, or a pod without one, may be
     */
    synchronized Optional<String> gap(Instant cursor, Instant firstList, Instant fresh) {
        boolean isNew = found.isAfter(firstList);
        if (firstGood == null || lastGood == null) {
            return isNew && found.isAfter(fresh) ? Optional.empty() : says(trouble);
        }
        if (lastGood.isBefore(fresh)) {
            return says(trouble);
        }
        return isNew || !firstGood.isAfter(cursor)
                ? Optional.empty()
                : says("it was scraped first at " + firstGood + ", which is after " + cursor);
    }

    private Optional<String> says(String why) {
        return Optional.of("pod " + address.pod() + ": " + why);
    }
}
