package dev.slipway.model.analysis.bench;

import dev.slipway.model.analysis.bench.Threshold.Tool;
import dev.slipway.model.analysis.sequential.AgainstStable;
import dev.slipway.model.analysis.sequential.Chance;
import dev.slipway.model.analysis.sequential.Scrape;
import dev.slipway.model.analysis.sequential.Service;
import dev.slipway.model.analysis.sequential.Traffic;
import dev.slipway.model.analysis.sequential.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * All rules on the same simulated traffic at one rate: healthy days, and runs in which the canary breaks. At 10 % weight, 0.5 %
 * of requests bad when healthy, and an objective of 99 %.
 *
 * @param scrape seconds
 * @param past healthy seconds before the defect
 * @param runs healthy days, and defects of each size
 */
record Race(double rate, int scrape, int past, int runs, Map<String, Trial> ours) {
    static final List<Double> DEFECTS = List.of(0.02, 0.05, 0.2);
    private static final double BUDGET = 0.01;
    private static final int DAY = 86_400;
    private static final int AFTER = 3 * 3_600;
    private static final double HOPELESS = -25;

    /** The rules: ours, the tools as documented, and each tool's best setting within the budget of false alarms. */
    List<Contender> run() {
        Grid grid = new Grid(scrape);
        Field<Threshold> thresholds = new Field<>(grid.rules(), DEFECTS, runs);
        Field<Kayenta> kayenta = new Field<>(Kayenta.GRID, DEFECTS, runs);
        Field<String> trials = new Field<>(List.copyOf(ours.keySet()), DEFECTS, runs);
        for (int run = 0; run < runs; run++) {
            day(run, grid, thresholds, kayenta, trials);
            defects(run, grid, thresholds, kayenta, trials);
        }
        List<Contender> all = new ArrayList<>();
        ours.keySet().forEach(name -> all.add(trials.contender(name, "Slipway", name)));
        best(trials, name -> true, "Slipway, best", all);
        Documented.rules(scrape).forEach((name, rule) -> all.add(thresholds.contender(rule, name, rule.toString())));
        for (Kayenta known : Kayenta.GRID) {
            all.add(kayenta.contender(known, "Kayenta", known.toString()));
        }
        best(thresholds, rule -> rule.tool() == Tool.FLAGGER && rule.every() >= 10, "Flagger, best", all);
        best(thresholds, rule -> rule.tool() == Tool.ARGO && rule.every() >= 10, "Argo, best from 10 s", all);
        best(thresholds, rule -> rule.tool() == Tool.ARGO, "Argo, best", all);
        return all;
    }

    private static <R> void best(Field<R> field, Predicate<R> which, String name, List<Contender> all) {
        field.rules().stream()
                .filter(which)
                .map(rule -> field.contender(rule, name, rule.toString()))
                .filter(rule -> rule.alarms().share() <= BUDGET)
                .min(Comparator.comparingDouble(rule -> rule.delays().get(0.05)))
                .ifPresent(all::add);
    }

    private Service healthy() {
        return new Service(rate, 0.1, 0.005, 0.005, scrape);
    }

    private void day(int run, Grid grid, Field<Threshold> thresholds, Field<Kayenta> kayenta, Field<String> trials) {
        Traffic traffic = new Traffic(healthy(), Service.Trouble.NONE, 1_000_000L + run);
        Counts counts = new Counts(DAY / scrape, scrape);
        Map<String, Trial> states = new LinkedHashMap<>(ours);
        for (int i = 0; i < DAY / scrape; i++) {
            Scrape next = traffic.next();
            counts.add(next);
            states.replaceAll((name, trial) -> trial.failed() || hopeless(trial) ? trial : trial.plus(next));
        }
        thresholds.day(grid.ends(counts, 1));
        kayenta.day(Kayenta.ends(counts, baseline(run, DAY)));
        trials.day(states.values().stream()
                .mapToInt(trial -> trial.failed() ? DAY : Delays.NEVER)
                .toArray());
    }

    /** What only accumulates and is this far down comes back with probability e^-25 / alpha at most: no need to look on. */
    private static boolean hopeless(Trial trial) {
        return trial instanceof AgainstStable both
                && both.relative().ofHealth().log() < HOPELESS
                && both.absolute().ofHealth().log() < HOPELESS;
    }

    private void defects(
            int run, Grid grid, Field<Threshold> thresholds, Field<Kayenta> kayenta, Field<String> trials) {
        Chance chance = new Chance(run);
        double phase = past == 0 ? 1 : chance.uniform();
        double onset = past == 0 ? 0 : past + chance.uniform() * scrape;
        Traffic traffic = new Traffic(healthy(), Service.Trouble.NONE, 2_000_000L + run);
        Counts counts = new Counts((past + AFTER) / scrape, scrape);
        Map<String, Trial> states = new LinkedHashMap<>(ours);
        for (int i = 0; i < past / scrape; i++) {
            Scrape next = traffic.next();
            counts.add(next);
            states.replaceAll((name, trial) -> trial.failed() ? trial : trial.plus(next));
        }
        for (double defect : DEFECTS) {
            Counts all = counts.copy();
            int[] ends = broken(run, defect, onset, all, new LinkedHashMap<>(states));
            trials.defect(defect, onset, ends);
            thresholds.defect(defect, onset, grid.ends(all, phase));
            kayenta.defect(defect, onset, Kayenta.ends(all, baseline(run, all.seconds())));
        }
    }

    private int[] broken(int run, double defect, double onset, Counts counts, Map<String, Trial> states) {
        int[] ends = new int[states.size()];
        double share = 1 - (onset - past) / scrape;
        double first = healthy().canary() + (defect - healthy().canary()) * share;
        long seed = 3_000_000L + run * 1_000L + Math.round(defect * 100);
        Traffic traffic = new Traffic(healthy().withCanary(first), Service.Trouble.NONE, seed);
        for (int i = 0; i < AFTER / scrape; i++) {
            Scrape next = traffic.next();
            traffic = i == 0 ? traffic.breaking(defect) : traffic;
            counts.add(next);
            int now = counts.seconds();
            int at = 0;
            for (Map.Entry<String, Trial> state : states.entrySet()) {
                if (!state.getValue().failed()) {
                    state.setValue(state.getValue().plus(next));
                    ends[at] = state.getValue().failed() ? now : Delays.NEVER;
                }
                at++;
            }
        }
        return ends;
    }

    /** Kayenta is compared with a baseline of the canary's size, as its documentation advises. */
    private double[] baseline(int run, int seconds) {
        Chance chance = new Chance(4_000_000L + run);
        double[] shares = new double[seconds / 60];
        for (int i = 0; i < shares.length; i++) {
            long requests = chance.poisson(rate * healthy().weight() * 60);
            shares[i] = requests == 0
                    ? 0
                    : 100.0 * chance.binomial(requests, healthy().stable()) / requests;
        }
        return shares;
    }
}
