package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Everything that was asked of Prometheus for one moment of its own clock.
 *
 * @param up the scrapes of the track's pods
 * @param readings of the version that is judged
 * @param stable the same SLOs of the version that it is compared with, in the same order; empty when there is none
 * @param stableScrapedSince when stable was scraped for the first time in this look's range
 */
record Look(
        Instant at,
        List<Series> up,
        List<Reading> readings,
        List<Reading> stable,
        Optional<Instant> stableScrapedSince) {
    private static final Duration LEAST_FRESHNESS = Duration.ofSeconds(10);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(5);
    private static final int INTERVALS = 3;
    private static final long HALF_SECOND = 500;

    Look {
        up = List.copyOf(up);
        readings = List.copyOf(readings);
        stable = List.copyOf(stable);
    }

    /** Of a version that is compared with nothing. */
    Look(Instant at, List<Series> up, List<Reading> readings) {
        this(at, up, readings, List.of(), Optional.empty());
    }

    /** How old a scrape may be to count as fresh: three scrape intervals, at least ten seconds. */
    Duration freshness() {
        Duration usual = scrapeInterval().multipliedBy(INTERVALS);
        return usual.compareTo(LEAST_FRESHNESS) > 0 ? usual : LEAST_FRESHNESS;
    }

    /** How old a sample of a reading may be: what it reads may be scraped less often than the pods are. */
    Duration freshness(Reading reading) {
        Duration usual = interval(reading.all()).multipliedBy(INTERVALS);
        return usual.compareTo(freshness()) > 0 ? usual : freshness();
    }

    /** As observed, the median in whole half seconds; zero before there were two scrapes. */
    Duration scrapeInterval() {
        return interval(up);
    }

    private static Duration interval(List<Series> series) {
        List<Duration> gaps = new ArrayList<>();
        for (Series pod : series) {
            for (int i = 1; i < pod.samples().size(); i++) {
                gaps.add(Duration.between(
                        pod.samples().get(i - 1).at(), pod.samples().get(i).at()));
            }
        }
        if (gaps.isEmpty()) {
            return Duration.ZERO;
        }
        Collections.sort(gaps);
        long usual = gaps.get(gaps.size() / 2).toMillis();
        return Duration.ofMillis(Math.max(HALF_SECOND, (usual + HALF_SECOND / 2) / HALF_SECOND * HALF_SECOND));
    }

    /**
     * The only scrape in sight when another one may follow it: how long it speaks is not known before then, so nothing behind
     * it can be counted for good.
     */
    Optional<Instant> lonely() {
        return scrapeInterval().isZero()
                ? scrapedSince().filter(scrape -> scrape.plus(LONGEST_INTERVAL).isAfter(at))
                : Optional.empty();
    }

    /** When the track was scraped for the first time in this look's range. */
    Optional<Instant> scrapedSince() {
        return firstScrape(up);
    }

    static Optional<Instant> firstScrape(List<Series> up) {
        return up.stream()
                .filter(pod -> !pod.samples().isEmpty())
                .map(pod -> pod.samples().get(0).at())
                .min(Instant::compareTo);
    }
}
