package dev.slipway.model.analysis.bench;

import dev.slipway.model.analysis.bench.Threshold.Tool;
import dev.slipway.model.analysis.sequential.AgainstStable;
import dev.slipway.model.analysis.sequential.Chance;
import dev.slipway.model.analysis.sequential.Scrape;
import dev.slipway.model.analysis.sequential.Trial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * All rules on the same counts: healthy days, and runs in which the canary breaks.
 *
 * @param past healthy seconds before the defect
 * @param runs healthy days, and defects of each size
 */
record Race(Course course, int past, int runs, Map<String, Trial> ours) {
    private static final int DAY = 86_400;
    private static final int AFTER = 3 * 3_600;
    private static final double HOPELESS = -10;

    /** The rules: ours, the tools as documented, and the best setting of each within the budget of false alarms. */
    Result run() {
        Grid grid = new Grid(course.scrape());
        Field<Threshold> thresholds = new Field<>(grid.rules(), course.defects(), runs);
        Field<Kayenta> kayenta = new Field<>(Kayenta.GRID, course.defects(), runs);
        Field<String> trials = new Field<>(List.copyOf(ours.keySet()), course.defects(), runs);
        for (int run = 0; run < runs; run++) {
            day(run, grid, thresholds, kayenta, trials);
            defects(run, grid, thresholds, kayenta, trials);
        }
        List<Contender> slipway = trials.contenders("Slipway", name -> true);
        Map<String, List<Contender>> others = new LinkedHashMap<>();
        others.put("Argo, best from 10 s", thresholds.contenders("Argo", rule -> rule.is(Tool.ARGO, 10)));
        others.put("Argo, best", thresholds.contenders("Argo", rule -> rule.is(Tool.ARGO, 0)));
        others.put("Flagger, best", thresholds.contenders("Flagger", rule -> rule.is(Tool.FLAGGER, 10)));
        others.put("Kayenta, best", kayenta.contenders("Kayenta", rule -> true));
        List<Contender> documented = new ArrayList<>();
        Documented.rules(course.scrape())
                .forEach((name, rule) -> documented.add(thresholds.contender(rule, name, rule.toString())));
        return new Result(slipway, documented, others);
    }

    private void day(int run, Grid grid, Field<Threshold> thresholds, Field<Kayenta> kayenta, Field<String> trials) {
        Supplier<Scrape> traffic = course.day(run);
        Counts counts = new Counts(DAY / course.scrape(), course.scrape());
        Map<String, Trial> open = new LinkedHashMap<>(ours);
        Set<String> failed = new HashSet<>();
        for (int i = 0; i < DAY / course.scrape(); i++) {
            Scrape next = traffic.get();
            counts.add(next);
            open.replaceAll((name, trial) -> trial.plus(next));
            open.forEach((name, trial) -> {
                if (trial.failed()) {
                    failed.add(name);
                }
            });
            open.values().removeIf(trial -> trial.failed() || hopeless(trial));
        }
        thresholds.day(grid.ends(counts, 1));
        kayenta.day(Kayenta.ends(counts, course.baseline(run, DAY)));
        trials.day(ours.keySet().stream()
                .mapToInt(name -> failed.contains(name) ? DAY : Delays.NEVER)
                .toArray());
    }

    /** What only accumulates and is this far down gets to its end with probability alpha * e^-10 at most: no need to look on. */
    private static boolean hopeless(Trial trial) {
        return trial instanceof AgainstStable both
                && both.relative().ofHealth().log() < HOPELESS
                && both.absolute().ofHealth().log() < HOPELESS;
    }

    private void defects(
            int run, Grid grid, Field<Threshold> thresholds, Field<Kayenta> kayenta, Field<String> trials) {
        Chance chance = new Chance(run);
        int scrape = course.scrape();
        double phase = past == 0 ? 1 : chance.uniform();
        double onset = past == 0 ? 0 : past + chance.uniform() * scrape;
        Supplier<Scrape> traffic = course.past(run);
        Counts counts = new Counts((past + AFTER) / scrape, scrape);
        Map<String, Trial> states = new LinkedHashMap<>(ours);
        for (int i = 0; i < past / scrape; i++) {
            Scrape next = traffic.get();
            counts.add(next);
            states.replaceAll((name, trial) -> trial.failed() ? trial : trial.plus(next));
        }
        for (double defect : course.defects()) {
            Counts all = counts.copy();
            Supplier<Scrape> bad = course.broken(run, defect, 1 - (onset - past) / scrape);
            trials.defect(defect, onset, broken(bad, all, new LinkedHashMap<>(states)));
            thresholds.defect(defect, onset, grid.ends(all, phase));
            kayenta.defect(defect, onset, Kayenta.ends(all, course.baseline(run, all.seconds())));
        }
    }

    private int[] broken(Supplier<Scrape> traffic, Counts counts, Map<String, Trial> states) {
        int[] ends = new int[states.size()];
        for (int i = 0; i < AFTER / course.scrape(); i++) {
            Scrape next = traffic.get();
            counts.add(next);
            int at = 0;
            for (Map.Entry<String, Trial> state : states.entrySet()) {
                if (!state.getValue().failed()) {
                    state.setValue(state.getValue().plus(next));
                    ends[at] = state.getValue().failed() ? counts.seconds() : Delays.NEVER;
                }
                at++;
            }
        }
        return ends;
    }
}
