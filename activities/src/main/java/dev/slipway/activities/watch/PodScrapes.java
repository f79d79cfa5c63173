package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Samples straight from the pods, kept for some minutes, so that a watch need not wait for Prometheus's scrape interval.
 * It begins empty in each worker: {@link #gap} says what it cannot answer and Prometheus can. A {@link Rhythm} drives it.
 */
final class PodScrapes implements CounterSource {
    private static final String UP = "up";
    private static final Duration KEPT = Duration.ofMinutes(10);
    /** Leaves the other half of what is kept for a counter's sample before the cursor. */
    private static final Duration REACH = KEPT.dividedBy(2);

    private static final Duration LOOK_BACK = Duration.ofMinutes(5);
    private static final int FRESH_INTERVALS = 3;

    private final Roster roster;
    private final Scraper scraper;
    private final List<Selector> selectors;
    private final Set<String> metrics;
    private final Stamps stamps;
    private final Duration every;

    /**
     * @param releases whose pods these are: each must have one
     * @param selectors only their metrics are kept
     * @param clock Prometheus's time, as well as it is known; asked by several threads
     * @param every between two scrapes of a pod
     * @throws IllegalArgumentException when a selector's matchers cannot be evaluated
     */
    PodScrapes(
            PodList list,
            Set<String> releases,
            Collection<Selector> selectors,
            Scraper scraper,
            InstantSource clock,
            Duration every) {
        this.roster = new Roster(list, releases, (int) KEPT.dividedBy(every) + 1);
        this.scraper = scraper;
        this.selectors = List.copyOf(selectors);
        this.selectors.forEach(LabelMatcher::all);
        this.metrics = selectors.stream().map(Selector::metric).collect(Collectors.toUnmodifiableSet());
        this.stamps = new Stamps(clock);
        this.every = every;
    }

    /** Between two rounds. */
    Duration every() {
        return every;
    }

    /** Lists the pods anew; may take long. */
    void relist() {
        Instant at = stamps.now();
        roster.relist(at, at.minus(KEPT));
    }

    /** Begins to scrape every pod whose last scrape has ended. A pod that hangs misses rounds, the others do not wait. */
    synchronized Map<PodAddress, CompletableFuture<Void>> round() {
        if (stamps.beganAnew()) {
            roster.clear();
        }
        Instant at = stamps.next();
        Map<PodAddress, CompletableFuture<Void>> begun = new HashMap<>();
        for (PodScrape pod : roster.listed()) {
            if (pod.begin(at)) {
                begun.put(pod.address(), scrape(pod, at));
            }
        }
        return begun;
    }

    private CompletableFuture<Void> scrape(PodScrape pod, Instant at) {
        return scraper.scrape(pod.address().metrics(), metrics).handle((values, failure) -> {
            if (failure == null) {
                pod.said(at, values);
            } else {
                pod.failed(at, Scraper.words(failure));
            }
            return null;
        });
    }

    /** Prometheus's time as far as we know, never before the newest sample. */
    @Override
    public Instant now() {
        return stamps.now();
    }

    /**
     * Up to when nothing more will come: before the oldest scrape that has not ended. Whoever asks twice for what was
     * until then gets the same, so bad and all events are those of the same scrapes.
     */
    synchronized Instant complete() {
        return roster.listed().stream()
                .flatMap(pod -> pod.scraping().stream())
                .min(Instant::compareTo)
                .map(begun -> begun.minusMillis(1))
                .orElseGet(this::now);
    }

    @Override
    public List<Series> samples(Selector selector, Duration range, Instant at) throws PrometheusException {
        Predicate<Map<String, String>> wanted = wanted(selector);
        return of(pod -> pod.samples(wanted, at.minus(range), at));
    }

    @Override
    public List<Series> latest(Selector selector, Instant at) throws PrometheusException {
        Predicate<Map<String, String>> wanted = wanted(selector);
        return of(pod -> pod.latest(wanted, at.minus(LOOK_BACK), at));
    }

    private List<Series> of(Function<PodScrape, List<Series>> part) {
        return roster.all().stream().flatMap(pod -> part.apply(pod).stream()).toList();
    }

    private Predicate<Map<String, String>> wanted(Selector selector) throws PrometheusException {
        Optional<String> unknown = roster.unknown();
        if (unknown.isPresent()) {
            throw new PrometheusException(unknown.get());
        }
        if (!selector.metric().equals(UP) && !metrics.contains(selector.metric())) {
            throw new PrometheusException(selector.metric() + " is not among what is scraped from the pods");
        }
        try {
            return LabelMatcher.all(selector);
        } catch (IllegalArgumentException e) {
            throw new PrometheusException(selector + ": " + e.getMessage(), e);
        }
    }

    /** Whether everything that the pods counted after {@code cursor} is here, and fresh. */
    boolean covers(Instant cursor) {
        return gap(cursor).isEmpty();
    }

    /** Why not everything that the pods counted after {@code cursor} is here; empty when it is. */
    Optional<String> gap(Instant cursor) {
        Instant now = now();
        if (cursor.isBefore(now.minus(REACH))) {
            return Optional.of("only " + REACH.toMinutes() + " minutes of the pods' samples are kept");
        }
        return roster.gap(cursor, now, now.minus(every.multipliedBy(FRESH_INTERVALS)))
                .or(() -> selectors.stream().flatMap(this::strangers).findFirst());
    }

    /** A label that none of the metric's series has may be one that only Prometheus's configuration gives them. */
    private Stream<String> strangers(Selector selector) {
        Set<String> known = roster.listed().stream()
                .flatMap(pod -> pod.labelNames(selector.metric()).stream())
                .collect(Collectors.toSet());
        return LabelMatcher.labels(selector).stream()
                .filter(label -> !known.isEmpty() && !known.contains(label))
                .map(label -> "the pods do not say the label " + label + " of " + selector.metric());
    }
}
