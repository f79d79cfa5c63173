package dev.slipway.model.analysis.bench;

import java.util.Locale;

/** The fastest of ours beside the fastest of the others, both with false alarms in at most 1 % of the same healthy days. */
record Advantage(double defect, Contender ours, Contender theirs) {
    /** How many times as fast ours is. */
    double factor() {
        return theirs.delay(defect) / ours.delay(defect);
    }

    /** {@code 5 % bad: 10 s (alpha 0.2, 0.3 %) against 70 s (Argo, best: ..., 1.0 %): 7.0 times, 4 wanted: met}. */
    String words(double wanted) {
        return String.format(
                Locale.ROOT,
                "%2.0f %% bad: %s against %s: %.1f times, %.0f wanted: %s",
                100 * defect,
                ours.words(defect),
                theirs.words(defect),
                factor(),
                wanted,
                factor() >= wanted ? "met" : "NOT MET");
    }
}
