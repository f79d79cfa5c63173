package dev.slipway.workflows.testing.slack;

import java.util.concurrent.CountDownLatch;

/** What goes wrong with one call to Slack. */
public sealed interface Trouble {
    /** HTTP 429. */
    record TooMany(int retryAfter) implements Trouble {}

    /** HTTP 200 with {@code ok: false}. */
    record No(String error) implements Trouble {}

    /** Another status, with a page for people. */
    record Status(int status) implements Trouble {}

    /** The connection closes without an answer, and nothing was done. */
    record Closed() implements Trouble {}

    /** It is done, and the connection closes without an answer. */
    record AnswerLost() implements Trouble {}

    /** It is done and answered so many milliseconds later. */
    record Slow(long millis) implements Trouble {}

    /** It is done, and answered when somebody says so. */
    record Held(CountDownLatch until) implements Trouble {}
}
