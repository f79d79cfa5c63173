package dev.slipway.activities.check;

import dev.slipway.activities.OneLine;
import dev.slipway.model.Gate;
import java.time.Duration;

/**
 * What a request was answered with.
 *
 * @param body its first 64 KiB
 * @param took from the request to the end of the answer
 */
record Answer(int status, String body, Duration took) {
    private static final int SHOWN = 200;

    /** Whether it is what the gate asks for. */
    boolean isExpectedBy(Gate.HttpCheck gate) {
        return status == gate.expectStatus()
                && gate.contains().map(body::contains).orElse(true);
    }

    /** For a person: the status and the beginning of the body, one line, nothing that moves a terminal's cursor. */
    @Override
    public String toString() {
        String shown = OneLine.of(body);
        shown = shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown;
        return "status " + status + (shown.isEmpty() ? ", empty" : ": " + shown);
    }
}
