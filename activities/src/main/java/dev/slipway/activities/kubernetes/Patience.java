package dev.slipway.activities.kubernetes;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Since when each cause of trouble is seen without a break. */
final class Patience {
    private final Map<String, Instant> since = new HashMap<>();

    /** The first trouble that is final by now. Pods of one workload that replace each other share their time. */
    Optional<Trouble> exhaustedBy(List<Trouble> troubles, Instant now) {
        since.keySet().retainAll(troubles.stream().map(Patience::key).collect(Collectors.toSet()));
        troubles.forEach(trouble -> since.putIfAbsent(key(trouble), now));
        return troubles.stream().filter(trouble -> isFinal(trouble, now)).findFirst();
    }

    private boolean isFinal(Trouble trouble, Instant now) {
        Instant seen = since.getOrDefault(key(trouble), now);
        return trouble.patience().map(p -> !seen.plus(p).isAfter(now)).orElse(false);
    }

    private static String key(Trouble trouble) {
        return trouble.workload() + "/" + trouble.container().orElse("") + "/" + trouble.cause();
    }
}
