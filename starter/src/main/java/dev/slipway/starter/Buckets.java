package dev.slipway.starter;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A bucket of tokens for each of those whom somebody names; whoever was quiet the longest is forgotten when there are too many. */
final class Buckets {
    private static final int MOST = 10_000;

    private final Bandwidth bandwidth;
    private final TimeMeter clock;
    private final Map<String, Bucket> byName = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST;
        }
    };

    /**
     * @param atOnce how many after a quiet time
     * @param refill how many come back in {@code period}, evenly
     */
    Buckets(long atOnce, long refill, Duration period, TimeMeter clock) {
        this.bandwidth = Bandwidth.builder()
                .capacity(atOnce)
                .refillGreedy(refill, period)
                .build();
        this.clock = clock;
    }

    /** Takes one; empty when there was one, otherwise how long until there is. */
    Optional<Duration> take(String name) {
        ConsumptionProbe probe = of(name).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private synchronized Bucket of(String name) {
        return byName.computeIfAbsent(
                name,
                unknown -> Bucket.builder()
                        .withCustomTimePrecision(clock)
                        .addLimit(bandwidth)
                        .build());
    }
}
