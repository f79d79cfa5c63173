package dev.slipway.model.analysis.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What came out of a race.
 *
 * @param ours at every alpha
 * @param documented the other tools as their documentation sets them
 * @param others all settings of the other tools, by what their best one is called
 */
record Result(List<Contender> ours, List<Contender> documented, Map<String, List<Contender>> others) {
    /** What may raise a false alarm in no more of the healthy days than this is compared. */
    static final double BUDGET = 0.01;

    /** By this defect the best setting of everybody is chosen. */
    static final double TYPICAL = 0.05;

    /** What is printed: ours at fixed and at its best alpha, then the others. */
    List<Contender> rows() {
        List<Contender> rows = new ArrayList<>();
        ours.stream().filter(row -> Ours.SHOWN.contains(row.setting())).forEach(rows::add);
        best("Slipway, best", beside(), TYPICAL).ifPresent(rows::add);
        others.forEach((name, all) -> best(name, all, TYPICAL).ifPresent(rows::add));
        rows.addAll(documented);
        others.get("Kayenta, best").forEach(rows::add);
        return rows;
    }

    /** The bad shares that were tried, the smallest first. */
    Set<Double> defects() {
        return ours.get(0).delays().keySet();
    }

    /** How many times as fast as the fastest of the others ours is, each at its best setting for just that defect. */
    Optional<Advantage> advantage(double defect) {
        Optional<Contender> own = best("Slipway, best", beside(), defect);
        Optional<Contender> other = others.entrySet().stream()
                .flatMap(entry -> best(entry.getKey(), entry.getValue(), defect).stream())
                .min(Comparator.comparingDouble(row -> row.delay(defect)));
        return own.flatMap(mine -> other.map(theirs -> new Advantage(defect, mine, theirs)));
    }

    /** Those of ours that compare with stable. */
    private List<Contender> beside() {
        return ours.stream().filter(row -> row.setting().startsWith("alpha")).toList();
    }

    private static Optional<Contender> best(String name, List<Contender> all, double defect) {
        return all.stream()
                .filter(row -> row.alarms().share() <= BUDGET && !Double.isNaN(row.delay(defect)))
                .min(Comparator.comparingDouble((Contender row) -> row.delay(defect))
                        .thenComparingDouble(row -> row.alarms().share()))
                .map(row -> row.called(name));
    }

    String json() {
        String rows = rows().stream().map(Contender::json).collect(Collectors.joining(",\n", "[", "]"));
        StringBuilder frontiers = new StringBuilder("\"Slipway\":").append(frontier(beside()));
        others.forEach((name, all) -> frontiers
                .append(",\"")
                .append(name.replace(", best", ""))
                .append("\":")
                .append(frontier(all)));
        return "{\"rows\": " + rows + ",\n\"frontiers\": {" + frontiers + "}}";
    }

    /** The fastest setting for each rate of false alarms: all settings that none beats in both. */
    private static String frontier(List<Contender> all) {
        List<Contender> sorted = all.stream()
                .filter(row -> Double.isFinite(row.delay(TYPICAL)))
                .sorted(Comparator.comparingDouble(
                                (Contender row) -> row.alarms().share())
                        .thenComparingDouble(row -> row.delay(TYPICAL)))
                .toList();
        List<String> points = new ArrayList<>();
        double fastest = Double.POSITIVE_INFINITY;
        for (Contender row : sorted) {
            if (row.delay(TYPICAL) < fastest) {
                fastest = row.delay(TYPICAL);
                points.add(
                        String.format(Locale.ROOT, "[%.5f,%.1f]", row.alarms().share(), fastest));
            }
        }
        return points.toString();
    }
}
