package dev.slipway.model.analysis.bench;

import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import dev.slipway.model.analysis.sequential.AgainstStable;
import dev.slipway.model.analysis.sequential.Detector;
import dev.slipway.model.analysis.sequential.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How long our trials and the rules of other tools take to find a defect, beside how often they raise an alarm without one:
 * {@code bench/judge}. Simulated, with fixed seeds; nothing is timed.
 */
public final class JudgeBench {
    private static final Objective OBJECTIVE = Objective.parse("99%");
    private static final List<Double> RATES = List.of(10.0, 100.0, 1000.0);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int HALF_A_DAY = 43_200;

    private JudgeBench() {}

    /**
     * Runs all of it.
     *
     * @param args the file for the figures, and how many runs of everything
     */
    public static void main(String[] args) throws IOException {
        int runs = Integer.parseInt(args[1]);
        Map<Double, List<Contender>> ramps = races("ramps", RATES, 2, 0, runs, rampTrials());
        Map<Double, List<Contender>> soaks = races("soaks", RATES, 5, HALF_A_DAY, runs, soakTrials());
        Map<Double, List<Contender>> direct =
                races("soaks, scraped directly", List.of(1000.0), 2, HALF_A_DAY, runs / 2, soakTrials());
        print("Ramps: the canary is bad from its first request; scrapes every 2 s", ramps);
        print("Soaks: the canary goes bad after 12 healthy hours; scrapes every 5 s", soaks);
        print("The same with direct scrapes every 2 s, half as many runs", direct);
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("runs", Integer.toString(runs));
        sections.put("ramps", json(ramps));
        sections.put("soaks", json(soaks));
        sections.put("soaksDirect", json(direct));
        sections.put("troubles", Troubles.json(runs));
        sections.put("paths", Paths.json());
        Path file = Path.of(args[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, object(sections) + "\n");
        System.out.println("\nfigures in " + file);
    }

    private static Map<String, Trial> rampTrials() {
        Map<String, Trial> trials = new LinkedHashMap<>();
        for (double alpha : List.of(0.2, 0.01, 0.001)) {
            trials.put("alpha " + alpha, AgainstStable.ramp(OBJECTIVE, new Risk(alpha, 0.05)));
        }
        return trials;
    }

    private static Map<String, Trial> soakTrials() {
        Map<String, Trial> trials = new LinkedHashMap<>();
        for (double alpha : List.of(0.2, 0.01)) {
            trials.put("alpha " + alpha, AgainstStable.soak(OBJECTIVE, alpha, DAY));
        }
        trials.put("alone, alpha 0.01", Detector.absolute(OBJECTIVE, 0.01, DAY));
        return trials;
    }

    private static Map<Double, List<Contender>> races(
            String what, List<Double> rates, int scrape, int past, int runs, Map<String, Trial> ours) {
        Map<Double, List<Contender>> races = new TreeMap<>();
        for (double rate : rates) {
            progress(what + " at " + Math.round(rate) + " requests per second");
            races.put(rate, new Race(rate, scrape, past, runs, ours).run());
        }
        return races;
    }

    static void progress(String what) {
        System.err.println("bench/judge: " + what);
    }

    private static void print(String title, Map<Double, List<Contender>> races) {
        System.out.println("\n" + title + ".");
        System.out.println("Median seconds to find 2 / 5 / 20 % bad, and (false alarms in 24 healthy hours).\n");
        races.forEach((rate, contenders) -> {
            System.out.println(Math.round(rate) + " requests per second, 10 % of them to the canary");
            for (Contender contender : contenders) {
                System.out.printf("  %-24s %-46s %s%n", contender.name(), contender.setting(), contender.words());
            }
        });
    }

    private static String json(Map<Double, List<Contender>> races) {
        Map<String, String> byRate = new LinkedHashMap<>();
        races.forEach((rate, contenders) -> {
            List<String> rows = new ArrayList<>();
            contenders.forEach(contender -> rows.add(contender.json()));
            byRate.put(Long.toString(Math.round(rate)), "[" + String.join(",\n", rows) + "]");
        });
        return object(byRate);
    }

    static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\": " + field.getValue())
                .collect(Collectors.joining(",\n", "{", "}"));
    }
}
