package dev.slipway.activities.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A clock that moves one second at each pause, and what happens in the cluster at some of these seconds. */
final class ScriptedPacing implements Pacing {
    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    private final Map<Integer, Runnable> script = new HashMap<>();
    private final List<String> seen = new ArrayList<>();
    private int second;

    ScriptedPacing at(int second, Runnable happens) {
        script.put(second, happens);
        return this;
    }

    int seconds() {
        return second;
    }

    List<String> seen() {
        return seen;
    }

    @Override
    public Instant startedAt() {
        return START;
    }

    @Override
    public Instant now() {
        return START.plus(Duration.ofSeconds(second));
    }

    @Override
    public void pause(String what) {
        seen.add(what);
        second++;
        script.getOrDefault(second, () -> {}).run();
    }
}
