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
 */
record Look(Instant at, List<Series> up, List<Reading> readings) {
    private static final Duration LEAST_FRESHNESS = Duration.ofSeconds(10);
    private static final int INTERVALS = 3;

    Look {
        up = List.copyOf(up);
        readings = List.copyOf(readings);
    }

    /** How old a scrape may be to count as fresh: three scrape intervals as observed, at least ten seconds. */
    Duration freshness() {
        List<Duration> gaps = new ArrayList<>();
        for (Series pod : up) {
            for (int i = 1; i < pod.samples().size(); i++) {
                gaps.add(Duration.between(
                        pod.samples().get(i - 1).at(), pod.samples().get(i).at()));
            }
        }
        if (gaps.isEmpty()) {
            return LEAST_FRESHNESS;
        }
        Collections.sort(gaps);
        Duration usual = gaps.get(gaps.size() / 2).multipliedBy(INTERVALS);
        return usual.compareTo(LEAST_FRESHNESS) > 0 ? usual : LEAST_FRESHNESS;
    }

    /** When the track was scraped for the first time in this look's range. */
    Optional<Instant> scrapedSince() {
        return up.stream()
                .filter(pod -> !pod.samples().isEmpty())
                .map(pod -> pod.samples().get(0).at())
                .min(Instant::compareTo);
    }
}
