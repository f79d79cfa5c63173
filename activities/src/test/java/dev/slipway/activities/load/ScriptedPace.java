package dev.slipway.activities.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A clock that moves five seconds with each look, and what happens after which look. Ends an attempt after the last. */
final class ScriptedPace implements Pace {
    private final Map<Integer, Runnable> script = new TreeMap<>();
    private final List<String> beats = new ArrayList<>();
    private int looks;

    /** The attempt has lasted long enough for the test. */
    static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** After that look, counted from 1 over all attempts, this happens. */
    ScriptedPace after(int look, Runnable event) {
        script.put(look, event);
        return this;
    }

    /** The attempt is cancelled after that look. */
    ScriptedPace overAfter(int look) {
        return after(look, () -> {
            throw new Over();
        });
    }

    List<String> beats() {
        return beats;
    }

    int looks() {
        return looks;
    }

    @Override
    public String call() {
        return "1/" + looks;
    }

    @Override
    public long nanos() {
        return Long.MAX_VALUE
                - Duration.ofSeconds(30).toNanos()
                + BETWEEN.multipliedBy(looks).toNanos();
    }

    @Override
    public void beat(String seen) {
        beats.add(seen);
    }

    @Override
    public void pause(String seen) {
        beats.add(seen);
        looks++;
        script.getOrDefault(looks, () -> {}).run();
        if (looks > 1000) {
            throw new AssertionError("the attempt does not end");
        }
    }
}
