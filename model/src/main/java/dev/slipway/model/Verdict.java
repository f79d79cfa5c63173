package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.stream.Stream;

/** The only things a gate can say. No data is Inconclusive, never Passed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Verdict.Passed.class, name = "PASSED"),
    @JsonSubTypes.Type(value = Verdict.Failed.class, name = "FAILED"),
    @JsonSubTypes.Type(value = Verdict.Inconclusive.class, name = "INCONCLUSIVE")
})
public sealed interface Verdict {
    /** What it rests on. */
    List<Evidence> evidence();

    /** Why, for a person; empty when it passed without a remark. */
    String reason();

    /** The word, and why if there is more to say. */
    default String words() {
        return reason().isEmpty() ? word() : word() + ": " + reason();
    }

    /** PASSED, FAILED or INCONCLUSIVE. */
    String word();

    /** The version is good as far as this gate sees. */
    record Passed(String reason, List<Evidence> evidence) implements Verdict {
        public Passed {
            evidence = List.copyOf(evidence);
        }

        @Override
        public String word() {
            return "PASSED";
        }
    }

    /** The version is bad, and here is why. */
    record Failed(String reason, List<Evidence> evidence) implements Verdict {
        public Failed {
            evidence = List.copyOf(evidence);
        }

        @Override
        public String word() {
            return "FAILED";
        }
    }

    /** There is no answer: no data, too few requests, time is over. */
    record Inconclusive(String reason, List<Evidence> evidence) implements Verdict {
        public Inconclusive {
            evidence = List.copyOf(evidence);
        }

        @Override
        public String word() {
            return "INCONCLUSIVE";
        }
    }

    /** The same verdict with one more thing to show. */
    default Verdict with(Evidence more) {
        List<Evidence> all = Stream.concat(evidence().stream(), Stream.of(more)).toList();
        if (this instanceof Passed passed) {
            return new Passed(passed.reason(), all);
        }
        return this instanceof Failed failed ? new Failed(failed.reason(), all) : new Inconclusive(reason(), all);
    }

    /** Passed without a remark. */
    static Verdict passed() {
        return new Passed("", List.of());
    }

    /** Failed, nothing more to show than the reason. */
    static Verdict failed(String reason) {
        return new Failed(reason, List.of());
    }

    /** Inconclusive, nothing more to show than the reason. */
    static Verdict inconclusive(String reason) {
        return new Inconclusive(reason, List.of());
    }
}
