package dev.slipway.model.analysis.bench;

import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import dev.slipway.model.analysis.sequential.Cumulative;
import dev.slipway.model.analysis.sequential.Detector;
import dev.slipway.model.analysis.sequential.Service;
import dev.slipway.model.analysis.sequential.Traffic;
import dev.slipway.model.analysis.sequential.Weighing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How evidence moves in some runs, as powers of ten to one against: material for the plots of docs/analysis.md. */
final class Paths {
    private static final Risk RISK = new Risk(0.001, 0.05);
    private static final Objective OBJECTIVE = Objective.parse("99%");
    private static final int RAMP = 150;
    private static final int EXAMPLES = 8;
    private static final int PAST = 8_640;
    private static final int SHOWN = 144;
    private static final int AFTER = 120;

    private Paths() {}

    static String json() {
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("rampHealthy", ramps(0.005));
        paths.put("rampBad", ramps(0.03));
        paths.put("soakSum", soak(Cumulative.absolute(OBJECTIVE, RISK)));
        paths.put("soakDetector", soak(Detector.absolute(OBJECTIVE, RISK.alpha(), Duration.ofDays(1))));
        return JudgeBench.object(paths);
    }

    private static String ramps(double share) {
        List<String> runs = new ArrayList<>();
        for (int run = 0; run < EXAMPLES; run++) {
            Traffic traffic =
                    new Traffic(new Service(100, 0.1, share, 0.005, 2), Service.Trouble.NONE, 6_000_000L + run);
            List<String> path = new ArrayList<>();
            Weighing trial = Cumulative.relative(RISK);
            for (int i = 0; i < RAMP && !trial.failed(); i++) {
                trial = trial.plus(traffic.next());
                path.add(tens(trial));
            }
            runs.add(path.toString());
        }
        return runs.toString();
    }

    /** Twelve healthy hours, one point in five minutes; then a defect, point by point. */
    private static String soak(Weighing start) {
        Traffic traffic = new Traffic(Service.healthy(100, 0.1, 0.005), Service.Trouble.NONE, 7_000_000L);
        List<String> past = new ArrayList<>();
        List<String> after = new ArrayList<>();
        Weighing trial = start;
        for (int i = 0; i < PAST + AFTER; i++) {
            trial = trial.plus(traffic.next());
            if (i >= PAST) {
                after.add(tens(trial));
            } else if (i % (PAST / SHOWN) == 0) {
                past.add(tens(trial));
            }
            traffic = i == PAST - 1 ? traffic.breaking(0.05) : traffic;
        }
        return "{\"past\":" + past + ",\"after\":" + after + "}";
    }

    private static String tens(Weighing trial) {
        return String.format(Locale.ROOT, "%.2f", trial.ofHealth().log() / Math.log(10));
    }
}
