package dev.slipway.model.analysis.bench;

import dev.slipway.model.analysis.sequential.Scrape;

/** What a canary counted up to each scrape of one run, so that any window of it is two look-ups. */
final class Counts {
    private final int[] bad;
    private final int[] total;
    private final int interval;
    private int size;

    /** Room for so many scrapes, {@code interval} seconds apart. */
    Counts(int scrapes, int interval) {
        this.bad = new int[scrapes + 1];
        this.total = new int[scrapes + 1];
        this.interval = interval;
    }

    /** The same counts so far, with room for another future. */
    Counts copy() {
        Counts copy = new Counts(bad.length - 1, interval);
        System.arraycopy(bad, 0, copy.bad, 0, bad.length);
        System.arraycopy(total, 0, copy.total, 0, total.length);
        copy.size = size;
        return copy;
    }

    void add(Scrape scrape) {
        bad[size + 1] = bad[size] + (int) scrape.canary().bad();
        total[size + 1] = total[size] + (int) scrape.canary().total();
        size++;
    }

    /** Seconds that were counted. */
    int seconds() {
        return size * interval;
    }

    /** The bad share of the last {@code window} seconds before {@code now}, or of less at the begin; 0 without requests. */
    double share(int now, int window) {
        int to = now / interval;
        int from = Math.max(0, to - window / interval);
        int requests = total[to] - total[from];
        return requests == 0 ? 0 : (double) (bad[to] - bad[from]) / requests;
    }
}
