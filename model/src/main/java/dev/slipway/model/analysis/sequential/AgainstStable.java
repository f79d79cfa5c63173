package dev.slipway.model.analysis.sequential;

import dev.slipway.model.Evidence;
import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The trial of a canary beside a stable version: it must be neither worse than stable nor than the objective. When stable
 * breaks the objective too, the version is not what is wrong, and nobody but a person knows what to do: Inconclusive.
 *
 * @param objective of the SLO
 * @param relative compares with stable
 * @param absolute compares with the objective
 * @param stable compares stable with the objective, in the same way
 */
public record AgainstStable(Objective objective, Weighing relative, Weighing absolute, Weighing stable)
        implements Trial {
    private static final double HALF_WAY = 0.5;

    /** Of a ramp. Either part may raise the false alarm or let a bad version pass, so each has half of the risk. */
    public static AgainstStable ramp(Objective objective, Risk risk) {
        Risk half = risk.over(2);
        return new AgainstStable(
                objective,
                Cumulative.relative(half),
                Cumulative.absolute(objective, half),
                Cumulative.absolute(objective, half));
    }

    /**
     * Of a soak.
     *
     * @param planned the longest time that the soak may take
     */
    public static AgainstStable soak(Objective objective, double alpha, Duration planned) {
        double half = alpha / 2;
        return new AgainstStable(
                objective,
                Detector.relative(half, planned),
                Detector.absolute(objective, half, planned),
                Detector.absolute(objective, half, planned));
    }

    /**
     * Learns from a scrape of before the canary got traffic how bursty stable is, which the canary is then taken to be, too.
     * It is no evidence and not {@link #seen}. A ramp without it takes bad events to be independent, and a service whose
     * errors come in fits is then called bad far more often than alpha says (docs/analysis.md); ten minutes are enough.
     */
    public AgainstStable learning(Scrape before) {
        return new AgainstStable(objective, relative.learning(before), absolute.learning(before), stable);
    }

    @Override
    public AgainstStable plus(Scrape scrape) {
        return new AgainstStable(
                objective, relative.plus(scrape), absolute.plus(scrape), stable.plus(scrape.ofStable()));
    }

    @Override
    public Scrape seen() {
        return relative.seen();
    }

    /** When stable breaks the objective as well, the canary's doing so says nothing about the version. */
    @Override
    public boolean failed() {
        return relative.failed() || (absolute.failed() && !stableIsBadToo());
    }

    /**
     * Whether both sides break the objective and the canary is no worse: nothing that more scrapes could decide. As long as it
     * may be worse they could.
     */
    @Override
    public boolean undecidable() {
        return absolute.failed() && stableIsBadToo() && !relative.failed() && !doubtful();
    }

    /** No worse than a stable that is bad itself is no pass, nor is anything that may yet turn out worse than stable. */
    @Override
    public boolean passed() {
        boolean asGoodAsStable = relative.passed() && absolute.ofHealth().log() <= 0;
        return !absolute.failed() && !doubtful() && (absolute.passed() || asGoodAsStable);
    }

    @Override
    public String words() {
        if (relative.failed()) {
            return relative.words();
        }
        if (absolute.failed()) {
            return undecidable() ? absolute.words() + "; stable is bad too, " + stable.words() : absolute.words();
        }
        if (doubtful()) {
            return relative.words() + ", too much against for a pass";
        }
        return absolute.passed() ? absolute.words() : relative.words();
    }

    @Override
    public List<Evidence> evidence(String slo) {
        List<Evidence> both = new ArrayList<>(relative.evidence(slo));
        both.addAll(absolute.evidence(slo));
        return both;
    }

    @Override
    public boolean doubted() {
        return relative.doubted() || absolute.doubted();
    }

    /** Evidence half way to a failure holds a pass back; it can only make passes rarer, so it costs no risk. */
    private boolean doubtful() {
        return relative.ofHealth().way(relative.alpha()) >= HALF_WAY;
    }

    /**
     * By its share, which tells most in a ramp, or by its odds, which also see what began late in a soak. It has less traffic
     * than the canary in late ramps, and then less evidence against it when both are equally bad; at 10 to 1 it is no accident
     * of few requests.
     */
    private boolean stableIsBadToo() {
        if (seen().stable().share() > objective.allowedBad()) {
            return true;
        }
        Events canary = seen().canary();
        double traffic = canary.total() == 0 ? 1 : (double) seen().stable().total() / canary.total();
        double expected = HALF_WAY * Math.min(1, traffic) * -Math.log(absolute.alpha());
        return stable.ofHealth().most() >= Math.max(Weighing.TEN_TO_ONE, expected);
    }
}
