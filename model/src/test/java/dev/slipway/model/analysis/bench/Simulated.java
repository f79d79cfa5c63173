package dev.slipway.model.analysis.bench;

import dev.slipway.model.analysis.sequential.Chance;
import dev.slipway.model.analysis.sequential.Scrape;
import dev.slipway.model.analysis.sequential.Service;
import dev.slipway.model.analysis.sequential.Traffic;
import java.util.List;
import java.util.function.Supplier;

/**
 * The textbook's traffic: independent requests, 10 % of them to the canary, 0.5 % bad while all is well.
 *
 * @param rate requests per second, to both versions
 * @param scrape seconds
 */
record Simulated(double rate, int scrape) implements Course {
    private static final double WEIGHT = 0.1;
    private static final double SHARE = 0.005;

    @Override
    public List<Double> defects() {
        return List.of(0.02, 0.05, 0.2);
    }

    @Override
    public Supplier<Scrape> day(int run) {
        return traffic(SHARE, 1_000_000L + run)::next;
    }

    @Override
    public Supplier<Scrape> past(int run) {
        return traffic(SHARE, 2_000_000L + run)::next;
    }

    @Override
    public Supplier<Scrape> broken(int run, double defect, double share) {
        double first = SHARE + (defect - SHARE) * share;
        Traffic begin = traffic(first, 3_000_000L + run * 1_000L + Math.round(defect * 100));
        return new Supplier<>() {
            private Traffic traffic = begin;

            @Override
            public Scrape get() {
                Scrape next = traffic.next();
                traffic = traffic.breaking(defect);
                return next;
            }
        };
    }

    /** Of the canary's size, as its documentation advises. */
    @Override
    public double[] baseline(int run, int seconds) {
        Chance chance = new Chance(4_000_000L + run);
        double[] shares = new double[seconds / 60];
        for (int i = 0; i < shares.length; i++) {
            long requests = chance.poisson(rate * WEIGHT * 60);
            shares[i] = requests == 0 ? 0 : 100.0 * chance.binomial(requests, SHARE) / requests;
        }
        return shares;
    }

    private Traffic traffic(double canary, long seed) {
        return new Traffic(new Service(rate, WEIGHT, canary, SHARE, scrape), Service.Trouble.NONE, seed);
    }
}
