package dev.slipway.model.analysis.sequential;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.model.Evidence;
import dev.slipway.model.Verdict;
import java.util.List;

/**
 * How one SLO is judged: a rule together with all that it remembers of what it has seen. Immutable; it travels in a
 * heartbeat, and whoever goes on with it decides as if there had been one watcher.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "trial")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Cumulative.class, name = "cumulative"),
    @JsonSubTypes.Type(value = Detector.class, name = "detector"),
    @JsonSubTypes.Type(value = AgainstStable.class, name = "againstStable"),
    @JsonSubTypes.Type(value = Consecutive.class, name = "consecutive"),
    @JsonSubTypes.Type(value = FailureLimit.class, name = "failureLimit"),
    @JsonSubTypes.Type(value = BurnRate.class, name = "burnRate")
})
public sealed interface Trial permits Weighing, AgainstStable, Consecutive, FailureLimit, BurnRate {
    /** With one more scrape; scrapes come in order. */
    Trial plus(Scrape scrape);

    /** All that was counted. */
    Scrape seen();

    /** Whether the canary is bad. */
    boolean failed();

    /** Whether the canary is good, unless it {@link #failed}. */
    boolean passed();

    /** Whether more scrapes could not decide, because what is seen is not the version's doing. */
    default boolean undecidable() {
        return false;
    }

    /** Whether there is evidence against the canary right now, though not enough to fail: such time is not healthy time. */
    default boolean doubted() {
        return false;
    }

    /** What was counted and what it says, for a person. */
    String words();

    /** What a verdict rests on, under the SLO's name. */
    List<Evidence> evidence(String slo);

    /**
     * What it says now. The first Failed or Passed is the trial's end; it is Inconclusive until then, and says how far it is.
     *
     * @param slo the SLO's name, with which the reason begins
     */
    default Verdict verdict(String slo) {
        String reason = slo + " " + words();
        if (failed()) {
            return new Verdict.Failed(reason, evidence(slo));
        }
        return passed() ? new Verdict.Passed(reason, evidence(slo)) : new Verdict.Inconclusive(reason, evidence(slo));
    }
}
