package dev.slipway.activities.fence;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Lease that this writer holds. It is good for less time than others wait before they take it over, counted from the
 * <em>start</em> of the last renewal that succeeded and on the monotonic clock: a writer that was frozen finds its right
 * over before anything else, whatever it was about to do.
 */
final class WriterLease implements Writer {
    /** Time for a write that was let through in the last moment to arrive, before anybody else may take over. */
    static final Duration MARGIN = Duration.ofSeconds(5);

    static final Duration RENEWAL = Duration.ofSeconds(3);

    private final SlotLease slot;
    private final Pace pace;
    private final Holding mine;
    private Lease known;
    private long goodUntil;
    private @Nullable String lost;

    /**
     * @param taken the Lease as it was written
     * @param started when that write began
     */
    WriterLease(SlotLease slot, Pace pace, Lease taken, long started) {
        this.slot = slot;
        this.pace = pace;
        this.known = taken;
        this.mine = Holding.of(taken);
        this.goodUntil = until(started);
    }

    private static long until(long started) {
        return started + Holding.LASTS.minus(MARGIN).toNanos();
    }

    @Override
    public synchronized Optional<Refusal> refusal() {
        if (lost != null) {
            return Optional.of(new Refusal(Refusal.Kind.LOST, lost));
        }
        if (pace.nanos() - goodUntil < 0) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                Refusal.Kind.NOT_NOW,
                slot.words() + " was not renewed in time, so another writer may be about to take it over"));
    }

    /** Says that this writer lives. What cannot be told now is told the next time; the right runs out meanwhile. */
    void renew() {
        long started = pace.nanos();
        Lease last = lastKnown();
        if (last == null) {
            return;
        }
        try {
            Optional<Lease> written = slot.swap(Holding.of(last).again().in(new LeaseBuilder(last)));
            if (written.isPresent()) {
                renewed(written.get(), started);
            } else {
                lookAgain();
            }
        } catch (RuntimeException unreachable) {
            // the right ends by itself when this goes on
        }
    }

    /** Somebody else has written: a claim, which is no harm, or another writer that has taken over. */
    private void lookAgain() {
        Optional<Lease> found = slot.read();
        if (found.isEmpty()) {
            lose(slot.words() + " was deleted by somebody while it was held");
        } else if (Holding.of(found.get()).continues(mine)) {
            keep(found.get());
        } else {
            String holder = Holding.of(found.get()).holder();
            lose(slot.words() + " was taken over"
                    + (holder.isEmpty() ? " and given back by another writer" : " by " + holder));
        }
    }

    private synchronized @Nullable Lease lastKnown() {
        return lost == null ? known : null;
    }

    private synchronized void renewed(Lease now, long started) {
        known = now;
        goodUntil = until(started);
    }

    private synchronized void keep(Lease now) {
        known = now;
    }

    private synchronized void lose(String why) {
        if (lost == null) {
            lost = why;
        }
    }

    @Override
    public void close() {
        Lease last = lastKnown();
        lose(slot.words() + " was given back, because the call was over");
        if (last == null) {
            return;
        }
        try {
            if (slot.swap(Holding.of(last).givenBack().in(new LeaseBuilder(last)))
                    .isEmpty()) {
                slot.read()
                        .filter(found -> Holding.of(found).continues(mine))
                        .ifPresent(
                                found -> slot.swap(Holding.of(found).givenBack().in(new LeaseBuilder(found))));
            }
        } catch (RuntimeException unreachable) {
            // it runs out by itself
        }
    }
}
