package dev.slipway.model.analysis;

import dev.slipway.model.Evidence;
import dev.slipway.model.Slo;
import dev.slipway.model.Verdict;
import dev.slipway.model.analysis.sequential.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides from what the trials say and what was earned. What has failed is Failed at once; Passed needs everything that the
 * terms ask for, seen just now; undecided when the time is over is Inconclusive and says what is missing. No data never
 * passes and never fails.
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
        if (terms.purpose() == Purpose.SAFETY) {
            return Optional.empty();
        }
        List<String> undecidable = undecidable(seen);
        if (!undecidable.isEmpty()) {
            return Optional.of(new Verdict.Inconclusive(String.join("; ", undecidable), evidence(seen)));
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

    /**
     * How far the watch is.
     *
     * @param now on the clock on which everything was seen
     */
    public Progress progress(Seen seen, Instant now) {
        List<String> uncounted = uncounted(seen);
        List<String> missing = Stream.concat(uncounted.stream(), missing(seen).stream())
                .distinct()
                .toList();
        if (!terms.earned()) {
            return new Progress(seen.elapsed(), terms.atLeast(), Optional.empty(), missing);
        }
        Duration rest = terms.atLeast().minus(seen.healthy());
        Optional<Instant> end = uncounted.isEmpty()
                ? Optional.of(now.plus(rest.isNegative() ? Duration.ZERO : rest))
                : Optional.empty();
        return new Progress(seen.healthy(), terms.atLeast(), end, missing);
    }

    /** Why time does not count just now. */
    private List<String> uncounted(Seen seen) {
        List<String> reasons = new ArrayList<>();
        seen.stale().ifPresent(reasons::add);
        for (Slo slo : terms.slos()) {
            Sighting sighting = sighting(seen, slo);
            sighting.outOfLimit()
                    .ifPresent(value -> reasons.add(slo.name() + ": " + Words.outOfLimit((Slo.Gauge) slo, value)));
            sighting.trial().filter(Trial::doubted).ifPresent(trial -> reasons.add(words(slo, trial)));
        }
        return reasons;
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

    /**
     * A ramp passes when health is shown, not when harm is not. A soak passes on earned time, but not in a moment in which time
     * does not count: what was earned before the doubt does not answer it.
     */
    private Optional<String> missingOf(Slo slo, Sighting sighting) {
        if (sighting.gap().isPresent()) {
            return sighting.gap().map(gap -> slo.name() + ": " + gap);
        }
        if (slo instanceof Slo.Gauge gauge) {
            return sighting.outOfLimit().map(value -> slo.name() + ": " + Words.outOfLimit(gauge, value));
        }
        if (sighting.tally().total() < terms.requestsToPass()) {
            return Optional.of(slo.name() + ": " + Words.count(sighting.tally().total()) + " of "
                    + terms.requestsToPass() + " requests");
        }
        return sighting.trial()
                .filter(terms.earned() ? Trial::doubted : trial -> !trial.passed())
                .map(trial -> words(slo, trial));
    }

    private List<String> breaches(Seen seen) {
        List<String> breaches = new ArrayList<>();
        for (Slo slo : terms.slos()) {
            Sighting sighting = sighting(seen, slo);
            if (breached(slo, sighting)) {
                breaches.add(words(slo, sighting));
            }
        }
        return breaches;
    }

    private static boolean breached(Slo slo, Sighting sighting) {
        if (slo instanceof Slo.Gauge gauge) {
            return gauge.onBreach() == Slo.OnBreach.FAIL && sighting.tally().bad() > 0;
        }
        return sighting.trial().filter(Trial::failed).isPresent();
    }

    /** What waiting cannot change: an SLO that asks for what does not exist, or a breach that is not the version's doing. */
    private List<String> undecidable(Seen seen) {
        List<String> undecidable = new ArrayList<>();
        for (Slo slo : terms.slos()) {
            Sighting sighting = sighting(seen, slo);
            if (sighting.hopeless()) {
                sighting.gap().ifPresent(gap -> undecidable.add(slo.name() + ": " + gap));
            }
            sighting.trial().filter(Trial::undecidable).ifPresent(trial -> undecidable.add(words(slo, trial)));
        }
        return undecidable;
    }

    private List<Evidence> evidence(Seen seen) {
        List<Evidence> evidence = new ArrayList<>();
        for (Slo slo : terms.slos()) {
            Sighting sighting = sighting(seen, slo);
            evidence.addAll(evidence(slo, sighting));
        }
        if (terms.earned()) {
            evidence.add(Evidence.of("healthy", Words.time(seen.healthy()) + " of " + Words.time(terms.atLeast())));
        }
        return evidence;
    }

    private static List<Evidence> evidence(Slo slo, Sighting sighting) {
        if (sighting.gap().isPresent()) {
            return List.of(new Evidence(slo.name(), sighting.gap().get(), sighting.query()));
        }
        if (sighting.trial().isEmpty()) {
            return List.of(new Evidence(slo.name(), Words.of((Slo.Gauge) slo, sighting.tally()), sighting.query()));
        }
        return sighting.trial().get().evidence(slo.name()).stream()
                .map(said -> new Evidence(said.name(), Words.what(slo) + said.detail(), sighting.query()))
                .toList();
    }

    private String summary(Seen seen) {
        List<String> parts = new ArrayList<>();
        for (Slo slo : terms.slos()) {
            parts.add(words(slo, sighting(seen, slo)));
        }
        return parts.isEmpty() ? "healthy for " + Words.time(seen.healthy()) : String.join("; ", parts);
    }

    /** What a trial says, after the SLO's name. */
    private static String words(Slo slo, Trial trial) {
        return slo.name() + ": " + Words.what(slo) + trial.words();
    }

    private static String words(Slo slo, Sighting sighting) {
        return slo instanceof Slo.Gauge gauge
                ? slo.name() + ": " + Words.of(gauge, sighting.tally())
                : sighting.trial().map(trial -> words(slo, trial)).orElseGet(() -> slo.name() + ": nothing counted");
    }

    private static Sighting sighting(Seen seen, Slo slo) {
        Sighting sighting = seen.slos().get(slo.name());
        return sighting != null ? sighting : Sighting.level(Tally.NONE, "").missing("not looked at yet");
    }
}
