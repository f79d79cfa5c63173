package dev.slipway.activities.sweep;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** One attempt of one activity, in the thread that it runs in: the cluster asks it before each write. */
final class Attempt {
    private static final ThreadLocal<Attempt> NOW = new ThreadLocal<>();
    private static final long PATIENCE_SECONDS = 120;

    private final long number;
    private final Cut cut;
    private final IntConsumer beforeWrite;
    private int writes;

    /**
     * @param number rises with each attempt of a run
     * @param beforeWrite given the number of the write, from 1; may wait or throw
     */
    Attempt(long number, Cut cut, IntConsumer beforeWrite) {
        this.number = number;
        this.cut = cut;
        this.beforeWrite = beforeWrite;
    }

    /** The attempt of the calling thread. */
    static Attempt now() {
        Attempt attempt = NOW.get();
        if (attempt == null) {
            throw new IllegalStateException("somebody writes who is no attempt");
        }
        return attempt;
    }

    long number() {
        return number;
    }

    /** Right before each write of this attempt. */
    void write() {
        beforeWrite.accept(++writes);
    }

    /** Runs the body as this attempt. */
    Object run(Body body) throws Throwable {
        Attempt outer = NOW.get();
        NOW.set(this);
        try {
            return body.call();
        } finally {
            if (outer == null) {
                NOW.remove();
            } else {
                NOW.set(outer);
            }
        }
    }

    /** What an activity does. */
    @FunctionalInterface
    interface Body {
        Object call() throws Throwable;
    }

    /** The worker is gone: thrown where an attempt dies. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** An attempt whose answer nobody waits for any more, stopped right before its first write. */
    static final class Sleeper {
        private final CountDownLatch asleep = new CountDownLatch(1);
        private final CountDownLatch wake = new CountDownLatch(1);
        private final Thread thread;

        /** Runs the body until it wants to write, or to its end. */
        Sleeper(long number, Cut cut, Body body) {
            Attempt attempt = new Attempt(number, cut, write -> sleep(write));
            thread = new Thread(
                    () -> {
                        try {
                            attempt.run(body);
                        } catch (Throwable late) {
                            // nobody waits for the answer of this attempt
                        } finally {
                            asleep.countDown();
                        }
                    },
                    "sleeper " + cut);
            thread.setDaemon(true);
            thread.start();
            await(asleep);
        }

        private void sleep(int write) {
            if (write == 1) {
                asleep.countDown();
                await(wake);
            }
        }

        /** Lets it go on, and waits for its end. */
        void wake() {
            wake.countDown();
            try {
                thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (thread.isAlive()) {
                throw new AssertionError(thread.getName() + " does not end");
            }
        }

        private static void await(CountDownLatch latch) {
            try {
                if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("not within " + PATIENCE_SECONDS + " s");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public String toString() {
        return "attempt " + number + " (" + cut + ")";
    }
}
