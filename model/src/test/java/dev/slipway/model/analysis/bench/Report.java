package dev.slipway.model.analysis.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A table of races, printed as it grows: every cell with its rules, then how many times as fast ours is. */
final class Report {
    private final double wanted;
    private final Map<String, String> cells = new LinkedHashMap<>();

    Report(String title, double wanted) {
        this.wanted = wanted;
        JudgeBench.progress(title);
        System.out.println("\n" + title + ".");
        System.out.println(
                "Median seconds to find each defect, the smallest first, and (false alarms in 24 healthy hours).");
    }

    /** One more cell. */
    void add(String title, Supplier<Result> race) {
        JudgeBench.progress(title);
        Result result = race.get();
        System.out.println("\n" + title);
        for (Contender contender : result.rows()) {
            System.out.printf("  %-24s %-46s %s%n", contender.name(), contender.setting(), contender.words());
        }
        System.out.println("  at equal false alarms, at most 1 % of days for everybody:");
        for (double defect : result.defects()) {
            System.out.println("  "
                    + result.advantage(defect)
                            .map(advantage -> advantage.words(wanted))
                            .orElse("nobody within 1 %"));
        }
        cells.put(title, result.json());
    }

    String json() {
        return JudgeBench.object(cells);
    }
}
