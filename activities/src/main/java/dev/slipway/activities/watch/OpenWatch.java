package dev.slipway.activities.watch;

import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A watch that a hub keeps: who looks, what it has seen, and to whom it is told. One thread at a time holds it. */
final class OpenWatch {
    private final String name;
    private final Vigil vigil;
    private final Seat seat;
    private final Report report;
    private final Beats beats;

    private final boolean compares;
    private final AtomicBoolean held = new AtomicBoolean();
    private final AtomicBoolean beating = new AtomicBoolean();
    private volatile boolean left;
    private volatile boolean news;
    private volatile WatchState seen;
    private volatile long everyTicks = 1;
    private volatile long nextBeat;
    private volatile long lastBeat = System.nanoTime();

    OpenWatch(String name, Vigil vigil, Seat seat, Report report) {
        this.name = name;
        this.vigil = vigil;
        this.seat = seat;
        this.report = report;
        this.beats = Beats.within(report.timeout());
        this.compares = vigil.compares();
        this.seen = vigil.seen();
        vigil.announce(seat);
        this.nextBeat = System.nanoTime();
    }

    Seat seat() {
        return seat;
    }

    Report report() {
        return report;
    }

    /** Takes it for this thread, unless another one has it or nobody wants it any more. */
    boolean hold() {
        return !left && held.compareAndSet(false, true);
    }

    /** Gives it back. */
    void release() {
        held.set(false);
    }

    /** Nobody wants it any more; true for the first who says so. */
    synchronized boolean leave() {
        boolean first = !left;
        left = true;
        if (first) {
            vigil.close();
        }
        return first;
    }

    /** Rings whenever there is something new to look at before the next tick. */
    void onNews(Runnable ring) {
        vigil.onNews(ring);
    }

    /** As {@link #hold}, for a look between two ticks. */
    boolean holdForNews() {
        boolean held = hold();
        news |= held;
        return held;
    }

    /** One look in this round, by the thread that holds it. */
    Optional<WatchResult> look(Round round, Duration tick) {
        seat.take(round);
        try {
            return vigil.step(this::saw);
        } finally {
            seat.leave();
            everyTicks = Math.max(1, Math.round((double) vigil.pause().toMillis() / Math.max(1, tick.toMillis())));
        }
    }

    private void saw(WatchState state) {
        seen = state;
        if (left) {
            throw new CancellationException("nobody wants this watch any more");
        }
    }

    /** Whether there is something that somebody else could change. */
    boolean compares() {
        return compares;
    }

    /** What somebody else has changed, by the thread that holds it. */
    Optional<WatchResult> interference() {
        return vigil.interference();
    }

    /** What another one goes on from, by the thread that holds it. */
    WatchResult handOver() {
        return vigil.handOver();
    }

    /**
     * Whether it looks at this tick. All watches of the same pause look at the same ticks, so that they ask together. One that
     * has just looked because there was news need not.
     */
    boolean looksAt(long tick) {
        boolean looked = news;
        news = false;
        return tick % everyTicks == 0 && !looked;
    }

    /** Whether the workflow should hear of it now; whoever gets true has to call {@link #beat}. */
    boolean wantsToBeat(long nanos) {
        return !left && nanos - nextBeat >= 0 && beating.compareAndSet(false, true);
    }

    /** Tells the workflow what was seen. */
    void beat() throws Report.NotWanted {
        long begin = System.nanoTime();
        try {
            nextBeat = begin + beats.afterLost().toNanos();
            report.beat(seen);
            nextBeat = begin + beats.afterHeard().toNanos();
            lastBeat = begin;
        } finally {
            beating.set(false);
        }
    }

    /** Whether Temporal may still take a report: it has heard from us within the timeout. */
    boolean isAwaited() {
        return System.nanoTime() - lastBeat < report.timeout().toNanos();
    }

    @Override
    public String toString() {
        return "the watch of " + name;
    }
}
