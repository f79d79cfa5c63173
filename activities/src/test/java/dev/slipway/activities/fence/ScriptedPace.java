package dev.slipway.activities.fence;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/** A clock that the test moves, and what happens at which second of a wait. */
final class ScriptedPace implements Pace {
    /** Far from zero and about to overflow, as System.nanoTime may be. */
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

    private final Map<Long, Runnable> script = new TreeMap<>();
    private final Queue<Duration> looks = new ArrayDeque<>();
    private long passed;

    /** Runs this when the wait comes to that second. */
    void at(long second, Runnable event) {
        script.put(second, event);
    }

    /** Lets time pass. */
    void pass(Duration duration) {
        passed += duration.toNanos();
    }

    /** Lets time pass right after somebody has looked at the clock. */
    void duringTheNextLook(Duration duration) {
        looks.add(duration);
    }

    long seconds() {
        return Duration.ofNanos(passed).toSeconds();
    }

    @Override
    public long nanos() {
        long now = START + passed;
        if (!looks.isEmpty()) {
            pass(looks.remove());
        }
        return now;
    }

    @Override
    public void pause(Duration duration) {
        pass(duration);
        script.getOrDefault(seconds(), () -> {}).run();
    }
}
