package dev.slipway.model.analysis.bench;

import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import dev.slipway.model.analysis.sequential.AgainstStable;
import dev.slipway.model.analysis.sequential.Rate;
import dev.slipway.model.analysis.sequential.Service;
import dev.slipway.model.analysis.sequential.Traffic;
import dev.slipway.model.analysis.sequential.Trial;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** False alarms of our trials where traffic is not what the theory assumes. */
final class Troubles {
    private static final Objective OBJECTIVE = Objective.parse("99%");
    private static final int RAMP = 540;
    private static final int SOAK = 2_880;

    private Troubles() {}

    /** Prints them, too. */
    static String json(int runs) {
        System.out.println("\nFalse alarms at alpha 1 %, 100 requests per second: ramps of 45 min, soaks of 4 h");
        Map<String, String> rows = new LinkedHashMap<>();
        for (Service.Trouble trouble : Service.Trouble.values()) {
            JudgeBench.progress("troubled traffic: " + trouble);
            Rate ramps = alarms(AgainstStable.ramp(OBJECTIVE, new Risk(0.01, 0.05)), RAMP, runs, trouble);
            Rate soaks = alarms(AgainstStable.soak(OBJECTIVE, 0.01, Duration.ofHours(4)), SOAK, runs, trouble);
            System.out.printf(Locale.ROOT, "  %-8s ramps %s, soaks %s%n", trouble, ramps, soaks);
            rows.put(
                    trouble.name(),
                    String.format("{\"ramps\":%d,\"soaks\":%d,\"runs\":%d}", ramps.hits(), soaks.hits(), ramps.runs()));
        }
        return JudgeBench.object(rows);
    }

    private static Rate alarms(Trial start, int scrapes, int runs, Service.Trouble trouble) {
        long alarms = 0;
        for (int run = 0; run < runs; run++) {
            Traffic traffic = new Traffic(Service.healthy(100, 0.1, 0.005), trouble, 5_000_000L + run);
            Trial trial = start;
            for (int i = 0; i < scrapes && !trial.failed(); i++) {
                trial = trial.plus(traffic.next());
            }
            alarms += trial.failed() ? 1 : 0;
        }
        return new Rate(alarms, runs);
    }
}
