package dev.slipway.model.analysis.bench;

import dev.slipway.model.analysis.sequential.Chance;
import dev.slipway.model.analysis.sequential.Scrape;
import java.util.List;
import java.util.function.Supplier;

/**
 * Counts that were recorded on the lab. Healthy time of any length is made of windows of half a minute, each cut out of
 * the healthy hour at a random second (a block bootstrap: longer than what was recorded holds together, shorter than what the
 * rules look at, so that days differ); a defect is the minutes that were recorded with it, begun at a random second and repeated.
 *
 * @param scrape seconds
 * @param missing how many of the scrapes are left out, 0 to less than 1: the next one has counted for both
 */
record Recorded(Recording recording, int scrape, double missing) implements Course {
    private static final int WINDOW = 30;

    @Override
    public List<Double> defects() {
        return List.of(0.05, 0.2);
    }

    @Override
    public Supplier<Scrape> day(int run) {
        return scrapes(healthy(11_000_000L + run), 15_000_000L + run);
    }

    @Override
    public Supplier<Scrape> past(int run) {
        return scrapes(healthy(12_000_000L + run), 16_000_000L + run);
    }

    @Override
    public Supplier<Scrape> broken(int run, double defect, double share) {
        Chance chance = new Chance(13_000_000L + run * 1_000L + Math.round(100 * defect));
        List<Scrape> bad = recording.seconds(defect > 0.1 ? "bad20" : "bad5");
        Supplier<Scrape> good = healthy(17_000_000L + run);
        int begin = (int) (chance.uniform() * bad.size());
        int before = scrape - (int) Math.ceil(share * scrape);
        return scrapes(
                new Supplier<>() {
                    private int second;

                    @Override
                    public Scrape get() {
                        int at = second++;
                        return at < before ? good.get() : bad.get((begin + at - before) % bad.size());
                    }
                },
                18_000_000L + run);
    }

    /** Stable's own minutes, which are more than the canary's and so noise less; each cut out at a random second. */
    @Override
    public double[] baseline(int run, int seconds) {
        Chance chance = new Chance(14_000_000L + run);
        List<Scrape> healthy = recording.seconds("healthy");
        double[] shares = new double[seconds / 60];
        for (int i = 0; i < shares.length; i++) {
            int begin = (int) (chance.uniform() * (healthy.size() - 60));
            Scrape minute = healthy.subList(begin, begin + 60).stream().reduce(Scrape.NOTHING, Scrape::plus);
            shares[i] = 100 * minute.stable().share();
        }
        return shares;
    }

    private Supplier<Scrape> healthy(long seed) {
        Chance chance = new Chance(seed);
        List<Scrape> all = recording.seconds("healthy");
        return new Supplier<>() {
            private int at;
            private int left;

            @Override
            public Scrape get() {
                if (left == 0) {
                    at = (int) (chance.uniform() * (all.size() - WINDOW));
                    left = WINDOW;
                }
                left--;
                return all.get(at++);
            }
        };
    }

    private Supplier<Scrape> scrapes(Supplier<Scrape> seconds, long seed) {
        Chance chance = new Chance(seed);
        return new Supplier<>() {
            private Scrape unseen = Recording.MISSING;

            @Override
            public Scrape get() {
                for (int i = 0; i < scrape; i++) {
                    unseen = unseen.plus(seconds.get());
                }
                if (missing > 0 && chance.uniform() < missing) {
                    return Recording.MISSING;
                }
                Scrape seen = unseen;
                unseen = Recording.MISSING;
                return seen;
            }
        };
    }
}
