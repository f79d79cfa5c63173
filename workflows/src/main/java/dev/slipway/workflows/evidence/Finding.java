package dev.slipway.workflows.evidence;

import dev.slipway.model.Evidence;
import dev.slipway.model.Report;
import dev.slipway.workflows.api.Attestation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a gate has found, one piece for each name that it requires. */
public record Finding(List<Piece> pieces) {
    private static final int MOST_NAMES = 3;

    public Finding {
        pieces = List.copyOf(pieces);
    }

    /** Whether a piece is good, bad, or not there as it should be. */
    public enum State {
        PASSED,
        FAILED,
        MISSING
    }

    /**
     * One of them.
     *
     * @param words who handed it in, or why it is missing
     * @param link where a person sees more, empty when nowhere
     */
    public record Piece(String name, State state, String words, String link) {

        /** A report that counts; what has failed stays so however old it is. */
        static Piece of(Report report, Attestation given, Optional<Duration> maxAge, Instant now) {
            String words = "handed in by " + given.by() + " at " + given.at() + ", from " + report.producedAt()
                    + ", of " + report.subject();
            if (report.status() == Report.Status.FAILED) {
                return new Piece(report.name(), State.FAILED, "failed, " + words, report.url());
            }
            Duration age = Duration.between(report.producedAt(), now);
            return maxAge.filter(most -> age.compareTo(most) > 0)
                    .map(most -> new Piece(
                            report.name(),
                            State.MISSING,
                            "it is from " + report.producedAt() + ", older than " + most,
                            report.url()))
                    .orElseGet(() -> new Piece(report.name(), State.PASSED, "passed, " + words, report.url()));
        }

        private String sentence() {
            return name + ": " + words;
        }
    }

    /** Whether nothing has to be waited for: all of it is good, or something is bad. */
    public boolean settled() {
        return !of(State.FAILED).isEmpty() || of(State.MISSING).isEmpty();
    }

    /** The pieces in this state. */
    public List<Piece> of(State state) {
        return pieces.stream().filter(piece -> piece.state() == state).toList();
    }

    /** Each piece of this state, and why. */
    public String words(State state) {
        return of(state).stream().map(Piece::sentence).collect(Collectors.joining("; "));
    }

    /** Such as {@code evidence unit-tests, code-review}; short, as people filter by it. */
    public String waitingFor() {
        List<Piece> missing = of(State.MISSING);
        String more = missing.size() > MOST_NAMES ? " and " + (missing.size() - MOST_NAMES) + " more" : "";
        return "evidence " + missing.stream().limit(MOST_NAMES).map(Piece::name).collect(Collectors.joining(", "))
                + more;
    }

    /** All of it, to be shown. */
    public List<Evidence> evidence() {
        return pieces.stream()
                .map(piece -> new Evidence(
                        piece.name(),
                        piece.state() == State.MISSING ? "missing: " + piece.words() : piece.words(),
                        piece.link()))
                .toList();
    }
}
