package dev.slipway.model.analysis;

import dev.slipway.model.Evidence;
import dev.slipway.model.Slo;
import dev.slipway.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides from what was counted. A breach with enough requests is Failed at once; Passed needs everything that the terms
 * ask for, seen just now; undecided when the time is over is Inconclusive and says what is missing. No data never passes
 * and never fails.
 */
public final class Judge {
    private final Terms terms;

    public Judge(Terms terms) {
        this.terms = terms;
    }

    /** The verdict, or empty as long as it is worth looking on. */
    public Optional<Verdict> judge(Seen seen) {
        List<String> breaches = breaches(seen);
        if (!breaches.isEmpty()) {
            return Optional.of(new Verdict.Failed(String.join("; ", breaches), evidence(seen)));
        }
        List<String> hopeless = hopeless(seen);
        if (!hopeless.isEmpty()) {
            return Optional.of(new Verdict.Inconclusive(String.join("; ", hopeless), evidence(seen)));
        }
        List<String> missing = missing(seen);
        if (missing.isEmpty()) {
            return Optional.of(new Verdict.Passed(summary(seen), evidence(seen)));
        }
        if (seen.elapsed().compareTo(terms.atMost()) < 0) {
            return Optional.empty();
        }
        return Optional.of(new Verdict.Inconclusive(
                "undecided after " + Words.time(terms.atMost()) + ": " + String.join("; ", missing), evidence(seen)));
    }

    /** What is still missing for Passed, in words; empty when nothing is. */
    public List<String> missing(Seen seen) {
        List<String> missing = new ArrayList<>();
        seen.stale().ifPresent(missing::add);
        missingTime(seen).ifPresent(missing::add);
        for (Slo slo : terms.slos()) {
            missingOf(slo, sighting(seen, slo)).ifPresent(missing::add);
        }
        return missing;
    }

    private Optional<String> missingTime(Seen seen) {
        if (seen.elapsed().compareTo(terms.warmUp()) < 0) {
            return Optional.of("still warming up (" + Words.time(terms.warmUp()) + ")");
        }
        if (terms.earned()) {
            return seen.healthy().compareTo(terms.atLeast()) >= 0
                    ? Optional.empty()
                    : Optional.of(
                            "seen healthy for " + Words.time(seen.healthy()) + " of " + Words.time(terms.atLeast()));
        }
        return seen.elapsed().compareTo(terms.atLeast()) >= 0
                ? Optional.empty()
                : Optional.of(Words.time(seen.elapsed()) + " of at least " + Words.time(terms.atLeast()));
    }

    private Optional<String> missingOf(Slo slo, Sighting sighting) {
        if (sighting.gap().isPresent()) {
            return sighting.gap().map(gap -> slo.name() + ": " + gap);
        }
        if (slo instanceof Slo.Gauge gauge) {
            return sighting.outOfLimit().map(value -> slo.name() + ": " + Words.outOfLimit(gauge, value));
        }
        return sighting.tally().total() >= terms.requestsToPass()
                ? Optional.empty()
                : Optional.of(slo.name() + ": " + Words.count(sighting.tally().total()) + " of "
                        + terms.requestsToPass() + " requests");
    }

    private List<String> breaches(Seen seen) {
        List<String> breaches = new ArrayList<>();
        for (Slo slo : terms.slos()) {
            Sighting sighting = sighting(seen, slo);
            if (breached(slo, sighting.tally())) {
                breaches.add(slo.name() + ": " + Words.of(slo, sighting.tally()));
            }
        }
        return breaches;
    }

    private boolean breached(Slo slo, Tally tally) {
        if (slo instanceof Slo.Gauge gauge) {
            return gauge.onBreach() == Slo.OnBreach.FAIL && tally.bad() > 0;
        }
        return tally.total() >= terms.requestsToFail() && Budget.of(slo).exceededBy(tally);
    }

    private List<String> hopeless(Seen seen) {
        List<String> hopeless = new ArrayList<>();
        for (Slo slo : terms.slos()) {
            Sighting sighting = sighting(seen, slo);
            if (sighting.hopeless()) {
                sighting.gap().ifPresent(gap -> hopeless.add(slo.name() + ": " + gap));
            }
        }
        return hopeless;
    }

    private List<Evidence> evidence(Seen seen) {
        List<Evidence> evidence = new ArrayList<>();
        for (Slo slo : terms.slos()) {
            Sighting sighting = sighting(seen, slo);
            evidence.add(new Evidence(
                    slo.name(), sighting.gap().orElseGet(() -> Words.of(slo, sighting.tally())), sighting.query()));
        }
        if (terms.earned()) {
            evidence.add(Evidence.of("healthy", Words.time(seen.healthy()) + " of " + Words.time(terms.atLeast())));
        }
        return evidence;
    }

    private String summary(Seen seen) {
        List<String> parts = new ArrayList<>();
        for (Slo slo : terms.slos()) {
            parts.add(slo.name() + ": " + Words.of(slo, sighting(seen, slo).tally()));
        }
        return parts.isEmpty() ? "healthy for " + Words.time(seen.healthy()) : String.join("; ", parts);
    }

    private static Sighting sighting(Seen seen, Slo slo) {
        Sighting sighting = seen.slos().get(slo.name());
        return sighting != null ? sighting : Sighting.of(Tally.NONE, "").missing("not looked at yet");
    }
}
