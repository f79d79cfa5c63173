package dev.slipway.activities.watch;

import java.time.Duration;

/**
 * The times of a watch.
 *
 * @param between two looks
 * @param settled samples older than this have all arrived; younger ones are judged, but counted for good only later
 * @param lookBack how far before the cursor a counter's previous sample is looked for: more than two scrape intervals
 * @param atOnce the longest stretch of samples asked for in one look, when there is much to catch up
 * @param compared how long between two comparisons with what the stage has left
 * @param handOver after so long the activity ends and the next one goes on
 */
record Patience(
        Duration between, Duration settled, Duration lookBack, Duration atOnce, Duration compared, Duration handOver) {
    static final Patience USUAL = new Patience(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(150),
            Duration.ofMinutes(15),
            Duration.ofSeconds(10),
            Duration.ofHours(12));

    private static final Duration LONGEST_BETWEEN = Duration.ofSeconds(15);

    /** Between two looks of a soak whose pods are scraped so often. */
    Duration soaking(Duration scrapes) {
        Duration atMost = scrapes.compareTo(LONGEST_BETWEEN) < 0 ? scrapes : LONGEST_BETWEEN;
        return atMost.compareTo(between) < 0 ? between : atMost;
    }
}
