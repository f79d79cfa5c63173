package dev.slipway.model.analysis.sequential;

import java.util.SplittableRandom;

/** Random counts from one seed, exact where rare events decide. */
public final class Chance {
    private static final double SPLIT = 500;
    private static final double NORMAL_FROM = 50;

    private final SplittableRandom random;

    public Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Between 0 and 1. */
    public double uniform() {
        return random.nextDouble();
    }

    /** Events of a mean rate; from 50 on by its normal approximation, which is good enough for numbers of requests. */
    public long poisson(double mean) {
        if (mean <= 0) {
            return 0;
        }
        return mean < NORMAL_FROM
                ? rarePoisson(mean)
                : Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }

    private long rarePoisson(double mean) {
        double left = random.nextDouble();
        double mass = Math.exp(-mean);
        long count = 0;
        while (left > mass && mass > 0) {
            left -= mass;
            count++;
            mass *= mean / count;
        }
        return count;
    }

    /** Hits among trials, exact: by inversion, in parts where the first mass would vanish. */
    public long binomial(long trials, double share) {
        if (trials == 0 || share <= 0) {
            return 0;
        }
        if (share > 0.5) {
            return trials - binomial(trials, 1 - share);
        }
        if (trials * share > SPLIT) {
            return binomial(trials / 2, share) + binomial(trials - trials / 2, share);
        }
        double left = random.nextDouble();
        double mass = Math.exp(trials * Math.log1p(-share));
        double odds = share / (1 - share);
        long hits = 0;
        while (left > mass && hits < trials) {
            left -= mass;
            mass *= odds * (trials - hits) / (hits + 1);
            hits++;
        }
        return hits;
    }

    /** Events in bursts: negative binomial, whose variance is {@code spread} times its mean; {@code spread} more than 1. */
    public long bursts(double mean, double spread) {
        return mean <= 0 ? 0 : exactPoisson(gamma(mean / (spread - 1)) * (spread - 1));
    }

    private long exactPoisson(double mean) {
        return mean > SPLIT ? exactPoisson(mean / 2) + exactPoisson(mean / 2) : mean <= 0 ? 0 : rarePoisson(mean);
    }

    /** A gamma variable of scale 1 (Marsaglia and Tsang 2000). */
    public double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
