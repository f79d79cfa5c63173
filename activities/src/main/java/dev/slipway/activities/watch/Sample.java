package dev.slipway.activities.watch;

import java.time.Instant;

/** One scraped value and when it was scraped, by Prometheus's own clock. */
record Sample(Instant at, double value) {}
