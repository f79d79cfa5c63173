package dev.slipway.model.analysis.sequential;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A long window and the short one within it over which an error budget burns, as sums of twelve equal slots. The short
 * window is the slot that is open and the one before it: between one and two twelfths of the long one.
 *
 * @param rate how many times as fast as the objective allows, more than 1
 * @param span of the long window, more than zero
 * @param slots the full slots, oldest first, twelve at most
 * @param open what was counted since the last full slot
 */
public record BurnWindow(double rate, Duration span, List<Events> slots, Scrape open) {
    private static final int SLOTS = 12;

    /**
     * @throws IllegalArgumentException when the rate or the span is too small
     */
    public BurnWindow {
        if (!(rate > 1) || span.isZero() || span.isNegative()) {
            throw new IllegalArgumentException("no window: " + rate + " times over " + span);
        }
        slots = List.copyOf(slots);
    }

    /** Nothing burnt yet. */
    public static BurnWindow of(double rate, Duration span) {
        return new BurnWindow(rate, span, List.of(), Scrape.NOTHING);
    }

    /** With one more scrape. */
    BurnWindow plus(Scrape scrape) {
        Scrape now = open.plus(scrape);
        if (now.covers().multipliedBy(SLOTS).compareTo(span) < 0) {
            return new BurnWindow(rate, span, slots, now);
        }
        List<Events> kept = new ArrayList<>(slots.subList(slots.size() == SLOTS ? 1 : 0, slots.size()));
        kept.add(now.canary());
        return new BurnWindow(rate, span, kept, Scrape.NOTHING);
    }

    /** Whether the budget burns too fast in both; never before the first slot is full. */
    boolean burns(double allowed) {
        return !slots.isEmpty()
                && longWindow().share() > rate * allowed
                && shortWindow().share() > rate * allowed;
    }

    /** Everything within the long window. */
    Events longWindow() {
        return slots.stream().reduce(open.canary(), Events::plus);
    }

    private Events shortWindow() {
        return slots.get(slots.size() - 1).plus(open.canary());
    }
}
