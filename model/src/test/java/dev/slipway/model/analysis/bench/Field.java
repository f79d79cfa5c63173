package dev.slipway.model.analysis.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

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

    /** What those of the rules did that are asked for. */
    List<Contender> contenders(String name, Predicate<R> which) {
        return rules.stream()
                .filter(which)
                .map(rule -> contender(rule, name, rule.toString()))
                .toList();
    }

    Contender contender(R rule, String name, String setting) {
        int at = rules.indexOf(rule);
        Map<Double, Double> medians = new HashMap<>();
        delays.forEach((defect, of) -> medians.put(defect, of[at].median()));
        return new Contender(name, setting, days[at].alarms(), medians);
    }
}
