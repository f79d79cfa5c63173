package dev.slipway.audit;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Fact;
import dev.slipway.model.ReleaseId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A fact as it is kept: where it stands in its run, and bound to all facts before it by {@code hash}, which is the SHA-256 of the
 * canonical JSON of everything here but itself. The JSON of an export has these names in this order, an entry on a line.
 *
 * @param run run of the release's workflow, or of a recovery's: each has a chain of its own
 * @param number from 1 on, without gaps
 * @param environment empty for what belongs to the release as a whole
 * @param previous hash of the entry before, {@link #NONE} for the first
 */
public record Entry(
        String run,
        long number,
        ReleaseId release,
        int attempt,
        Instant at,
        String environment,
        Fact.Kind kind,
        String what,
        Map<String, String> details,
        List<Evidence> evidence,
        String previous,
        String hash) {
    /** What the first entry of a run follows. */
    public static final String NONE = "0".repeat(64);

    private static final String HASH = "hash";

    public Entry {
        Stream.of(run, release, at, environment, kind, what, previous, hash).forEach(Objects::requireNonNull);
        details = Map.copyOf(details);
        evidence = List.copyOf(evidence);
    }

    /** Where a fact stands: the rest of an entry. */
    public record Place(String run, long number, ReleaseId release, int attempt, String previous) {}

    /** The fact as it is kept in this place: microseconds, and no characters that a database cannot hold. */
    public static Entry of(Place place, Fact fact) {
        Entry open = new Entry(
                place.run(),
                place.number(),
                place.release(),
                place.attempt(),
                fact.at().truncatedTo(ChronoUnit.MICROS),
                fact.environment().map(EnvironmentName::value).orElse(""),
                fact.kind(),
                Keepable.text(fact.what()),
                keepable(fact.details()),
                fact.evidence().stream().map(Entry::keepable).toList(),
                place.previous(),
                "");
        return open.with(open.trueHash());
    }

    /** Whether a recovery begins with it: a release is requested as a whole, the recovery of a stage for its environment. */
    public boolean beginsRecovery() {
        return kind == Fact.Kind.REQUESTED && !environment.isEmpty();
    }

    /** The hash that its content has; another than {@link #hash()} when the content was changed. */
    public String trueHash() {
        return hash((ObjectNode) Canon.tree(this));
    }

    /** Of a document that may hold more than is known here: that is hashed too. */
    static String hash(ObjectNode document) {
        ObjectNode open = document.deepCopy();
        open.remove(HASH);
        return Canon.hash(open);
    }

    private Entry with(String itsHash) {
        return new Entry(
                run, number, release, attempt, at, environment, kind, what, details, evidence, previous, itsHash);
    }

    private static Map<String, String> keepable(Map<String, String> details) {
        Map<String, String> kept = new TreeMap<>();
        details.forEach((name, value) -> kept.put(Keepable.text(name), Keepable.text(value)));
        return kept;
    }

    private static Evidence keepable(Evidence evidence) {
        return new Evidence(
                Keepable.text(evidence.name()), Keepable.text(evidence.detail()), Keepable.text(evidence.link()));
    }
}
