package dev.slipway.model.analysis.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules of one kind in a race, each with what it did. */
final class Field<R> {
    private final List<R> rules;
    private final Map<Double, Delays[]> delays = new HashMap<>();
    private final Delays[] days;

    Field(List<R> rules, List<Double> defects, int runs) {
        this.rules = rules;
        this.days = fresh(rules.size(), 0);
        for (double defect : defects) {
            delays.put(defect, fresh(rules.size(), runs));
        }
    }

    private static Delays[] fresh(int rules, int runs) {
        Delays[] fresh = new Delays[rules];
        for (int i = 0; i < rules; i++) {
            fresh[i] = new Delays(runs);
        }
        return fresh;
    }

    List<R> rules() {
        return rules;
    }

    /** A healthy day, in which each rule ended the release when it did. */
    void day(int[] ends) {
        for (int i = 0; i < ends.length; i++) {
            days[i].healthy(ends[i] != Delays.NEVER);
        }
    }

    /** A run in which the canary became this bad at {@code onset}. */
    void defect(double defect, double onset, int[] ends) {
        Delays[] of = delays.get(defect);
        for (int i = 0; i < ends.length; i++) {
            of[i].defect(onset, ends[i]);
        }
    }

    Contender contender(R rule, String name, String setting) {
        int at = rules.indexOf(rule);
        Map<Double, Double> medians = new HashMap<>();
        delays.forEach((defect, of) -> medians.put(defect, of[at].median()));
        return new Contender(name, setting, days[at].alarms(), medians);
    }
}
