package dev.slipway.activities.helm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads one pipe to its end, so that helm never blocks on it, and keeps a bounded part of it. */
final class Capture {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int limit;
    private final boolean tail;
    private final Thread thread;
    private boolean dropped;

    private Capture(InputStream pipe, int limit, boolean tail, String name) {
        this.limit = limit;
        this.tail = tail;
        this.thread = new Thread(() -> drain(pipe), name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Keeps the first {@code limit} bytes: a document, useless when it is longer. */
    static Capture head(InputStream pipe, int limit) {
        return new Capture(pipe, limit, false, "helm-stdout");
    }

    /** Keeps about the last {@code limit} bytes: messages, of which the last one tells most. */
    static Capture tail(InputStream pipe, int limit) {
        return new Capture(pipe, limit, true, "helm-stderr");
    }

    private void drain(InputStream pipe) {
        byte[] chunk = new byte[8192];
        try (pipe) {
            for (int n = pipe.read(chunk); n >= 0; n = pipe.read(chunk)) {
                keep(chunk, n);
            }
        } catch (IOException e) {
            // the process is gone; what was read so far is what there is
        }
    }

    private synchronized void keep(byte[] chunk, int n) {
        if (!tail) {
            int room = Math.min(n, limit - kept.size());
            kept.write(chunk, 0, room);
            dropped |= room < n;
            return;
        }
        kept.write(chunk, 0, n);
        if (kept.size() > 2 * limit) {
            byte[] all = kept.toByteArray();
            kept.reset();
            kept.write(all, all.length - limit, limit);
            dropped = true;
        }
    }

    /** Waits for the end of the pipe; false when something else still holds it open. */
    boolean ended(Duration wait) throws InterruptedException {
        thread.join(wait.toMillis());
        return !thread.isAlive();
    }

    /** Whether something was left out. */
    synchronized boolean dropped() {
        return dropped;
    }

    /** What was kept. */
    synchronized byte[] bytes() {
        return kept.toByteArray();
    }

    /** What was kept, as text. */
    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
