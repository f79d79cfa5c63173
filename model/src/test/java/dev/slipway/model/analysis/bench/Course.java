package dev.slipway.model.analysis.bench;

import dev.slipway.model.analysis.sequential.Scrape;
import java.util.List;
import java.util.function.Supplier;

/** Where the counts of a race come from. The same run always gives the same counts; scrapes are equally far apart. */
interface Course {
    /** Seconds between two scrapes. */
    int scrape();

    /** The bad shares of the canary that there are counts of. */
    List<Double> defects();

    /** A healthy day. */
    Supplier<Scrape> day(int run);

    /** The healthy time before a defect. */
    Supplier<Scrape> past(int run);

    /**
     * What comes after that.
     *
     * @param defect one of {@link #defects}
     * @param share of its first scrape in which the canary is bad already, more than 0 and at most 1
     */
    Supplier<Scrape> broken(int run, double defect, double share);

    /** What Kayenta compares the canary with: bad shares in percent, minute by minute. */
    double[] baseline(int run, int seconds);
}
