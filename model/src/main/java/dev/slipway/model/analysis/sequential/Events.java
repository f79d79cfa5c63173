package dev.slipway.model.analysis.sequential;

/**
 * Events of one track under one SLO: how many there were and how many of them were bad.
 *
 * @param bad 0 to {@code total}
 * @param total all events, bad ones included
 */
public record Events(long bad, long total) {
    /** No events. */
    public static final Events NONE = new Events(0, 0);

    /**
     * @throws IllegalArgumentException when more are bad than there are, or fewer than none
     */
    public Events {
        if (bad < 0 || bad > total) {
            throw new IllegalArgumentException(bad + " bad events of " + total);
        }
    }

    /**
     * What two counters rose by. A process raises them one after the other, so a scrape may catch the bad event and miss it
     * in the total: what is bad beyond the total is left out.
     *
     * @throws IllegalArgumentException when a rise is negative or no finite number: that is a reset or a gap, not a count
     */
    public static Events counted(double bad, double total) {
        if (!(bad >= 0 && total >= 0 && bad < Long.MAX_VALUE && total < Long.MAX_VALUE)) {
            throw new IllegalArgumentException("counters cannot rise by " + bad + " and " + total);
        }
        long all = Math.round(total);
        return new Events(Math.min(Math.round(bad), all), all);
    }

    /** These and more events of the same track. */
    public Events plus(Events more) {
        return new Events(Math.addExact(bad, more.bad), Math.addExact(total, more.total));
    }

    /** The bad share, 0 to 1; 0 when there are no events. */
    public double share() {
        return total == 0 ? 0 : (double) bad / total;
    }
}
