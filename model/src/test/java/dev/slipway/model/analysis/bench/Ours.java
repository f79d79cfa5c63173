package dev.slipway.model.analysis.bench;

import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import dev.slipway.model.analysis.sequential.AgainstStable;
import dev.slipway.model.analysis.sequential.Detector;
import dev.slipway.model.analysis.sequential.Scrape;
import dev.slipway.model.analysis.sequential.Trial;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Our trials at every alpha that is tried: the only thing about them that there is to set. */
final class Ours {
    static final Objective OBJECTIVE = Objective.parse("99%");

    /** What is shown whatever comes out: what a release has by default, and more. */
    static final List<String> SHOWN = List.of("alpha 0.2", "alpha 0.01", "alpha 0.001", "alone, alpha 0.01");

    private static final List<Double> RAMPS = List.of(0.5, 0.35, 0.2, 0.1, 0.05, 0.02, 0.01, 0.001);
    private static final List<Double> SOAKS = List.of(0.5, 0.2, 0.01);
    private static final double BETA = 0.05;
    private static final int LEARNT = 600;

    private Ours() {}

    static Map<String, Trial> ramps() {
        Map<String, Trial> trials = new LinkedHashMap<>();
        for (double alpha : RAMPS) {
            trials.put("alpha " + alpha, AgainstStable.ramp(OBJECTIVE, new Risk(alpha, BETA)));
        }
        return trials;
    }

    /** The same after ten minutes of stable alone, from which they have learnt how bursty it is. */
    static Map<String, Trial> rampsAfter(Course course) {
        Map<String, Trial> trials = ramps();
        trials.replaceAll((name, trial) -> {
            Supplier<Scrape> before = course.past(0);
            AgainstStable learnt = (AgainstStable) trial;
            for (int i = 0; i < LEARNT / course.scrape(); i++) {
                learnt = learnt.learning(before.get());
            }
            return learnt;
        });
        return trials;
    }

    /** Of a day. */
    static Map<String, Trial> soaks() {
        Duration day = Duration.ofDays(1);
        Map<String, Trial> trials = new LinkedHashMap<>();
        for (double alpha : SOAKS) {
            trials.put("alpha " + alpha, AgainstStable.soak(OBJECTIVE, alpha, day));
        }
        trials.put("alone, alpha 0.01", Detector.absolute(OBJECTIVE, 0.01, day));
        return trials;
    }
}
