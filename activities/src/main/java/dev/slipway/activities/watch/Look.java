package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Everything that was asked of Prometheus for one moment of its own clock. */
final class Look {
    private static final long LEAST_FRESHNESS = Duration.ofSeconds(10).toMillis();
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(5);
    private static final int INTERVALS = 3;
    private static final long HALF_SECOND = 500;

    private final Instant at;
    private final List<Series> up;
    private final List<Reading> readings;
    private final List<Reading> stable;
    private final Optional<Instant> stableScrapedSince;
    private final long interval;

    /**
     * @param up the scrapes of the track's pods
     * @param readings of the version that is judged
     * @param stable the same SLOs of the version that it is compared with, in the same order; empty when there is none
     * @param stableScrapedSince when stable was scraped for the first time in this look's range
     */
    Look(
            Instant at,
            List<Series> up,
            List<Reading> readings,
            List<Reading> stable,
            Optional<Instant> stableScrapedSince) {
        this.at = at;
        this.up = List.copyOf(up);
        this.readings = List.copyOf(readings);
        this.stable = List.copyOf(stable);
        this.stableScrapedSince = stableScrapedSince;
        this.interval = interval(up);
    }

    /** Of a version that is compared with nothing. */
    Look(Instant at, List<Series> up, List<Reading> readings) {
        this(at, up, readings, List.of(), Optional.empty());
    }

    Instant at() {
        return at;
    }

    List<Series> up() {
        return up;
    }

    List<Reading> readings() {
        return readings;
    }

    List<Reading> stable() {
        return stable;
    }

    Optional<Instant> stableScrapedSince() {
        return stableScrapedSince;
    }

    /** How old a scrape may be to count as fresh: three scrape intervals, at least ten seconds. */
    Duration freshness() {
        return Duration.ofMillis(Math.max(LEAST_FRESHNESS, INTERVALS * interval));
    }

    /** How old a sample of a reading may be: what it reads may be scraped less often than the pods are. */
    Duration freshness(Reading reading) {
        return Duration.ofMillis(Math.max(LEAST_FRESHNESS, INTERVALS * Math.max(interval, interval(reading.all()))));
    }

    /** As observed, the median in whole half seconds; zero before there were two scrapes. */
    Duration scrapeInterval() {
        return Duration.ofMillis(interval);
    }

    private static long interval(List<Series> series) {
        long[] gaps = gaps(series);
        if (gaps.length == 0) {
            return 0;
        }
        Arrays.sort(gaps);
        long usual = gaps[gaps.length / 2];
        return Math.max(HALF_SECOND, (usual + HALF_SECOND / 2) / HALF_SECOND * HALF_SECOND);
    }

    /** Between neighbouring samples, in milliseconds. */
    private static long[] gaps(List<Series> series) {
        int count = 0;
        for (Series one : series) {
            count += Math.max(0, one.samples().size() - 1);
        }
        long[] gaps = new long[count];
        for (Series one : series) {
            Samples samples = one.samples();
            for (int i = 1; i < samples.size(); i++) {
                gaps[--count] = samples.millis(i) - samples.millis(i - 1);
            }
        }
        return gaps;
    }

    /**
     * The only scrape in sight when another one may follow it: how long it speaks is not known before then, so nothing behind
     * it can be counted for good.
     */
    Optional<Instant> lonely() {
        return interval == 0
                ? scrapedSince().filter(scrape -> scrape.plus(LONGEST_INTERVAL).isAfter(at))
                : Optional.empty();
    }

    /** When the track was scraped for the first time in this look's range. */
    Optional<Instant> scrapedSince() {
        return firstScrape(up);
    }

    static Optional<Instant> firstScrape(List<Series> up) {
        long first = Long.MAX_VALUE;
        for (Series pod : up) {
            first = pod.samples().isEmpty()
                    ? first
                    : Math.min(first, pod.samples().millis(0));
        }
        return first == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(first));
    }
}
