package dev.slipway.model.analysis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How long our trials and the rules of other tools take to find a defect, beside how often they raise an alarm without one:
 * {@code bench/judge}. Simulated, with fixed seeds; nothing is timed.
 */
public final class JudgeBench {
    static final double RAMPS_WANTED = 4;
    static final double SOAKS_WANTED = 2;
    private static final List<Integer> RATES = List.of(10, 100, 1000);
    private static final int HALF_A_DAY = 43_200;

    private JudgeBench() {}

    /**
     * Runs all of it, or one part.
     *
     * @param args the file for the figures, how many runs of everything, and, for one part only, its name in the figures
     */
    public static void main(String[] args) throws IOException {
        int runs = Integer.parseInt(args[1]);
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("runs", Integer.toString(runs));
        parts(runs).forEach((name, part) -> {
            if (args.length < 3 || args[2].equals(name)) {
                sections.put(name, part.get());
            }
        });
        Path file = Path.of(args[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, object(sections) + "\n");
        System.out.println("\nfigures in " + file);
    }

    private static Map<String, Supplier<String>> parts(int runs) {
        Map<String, Supplier<String>> parts = new LinkedHashMap<>();
        parts.put("ramps", () -> ramps(runs));
        parts.put("soaks", () -> soaks(runs));
        parts.put("troubles", () -> Troubles.json(runs));
        parts.put("paths", Paths::json);
        return parts;
    }

    private static String ramps(int runs) {
        Map<String, String> byScrape = new LinkedHashMap<>();
        for (int scrape : List.of(1, 2, 5)) {
            byScrape.put(Integer.toString(scrape), ramps(scrape, runs));
        }
        return object(byScrape);
    }

    private static String ramps(int scrape, int runs) {
        Report report = new Report(
                "Ramps: the canary is bad from its first request; scrapes every " + scrape + " s", RAMPS_WANTED);
        for (int rate : RATES) {
            report.add(
                    rate + " requests per second",
                    () -> new Race(new Simulated(rate, scrape), 0, runs, Ours.ramps()).run());
        }
        return report.json();
    }

    private static String soaks(int runs) {
        Map<String, String> byScrape = new LinkedHashMap<>();
        byScrape.put("5", soaks(RATES, 5, runs));
        byScrape.put("2", soaks(List.of(1000), 2, runs));
        return object(byScrape);
    }

    private static String soaks(List<Integer> rates, int scrape, int runs) {
        Report report = new Report(
                "Soaks: the canary goes bad after 12 healthy hours; scrapes every " + scrape + " s", SOAKS_WANTED);
        for (int rate : rates) {
            report.add(
                    rate + " requests per second",
                    () -> new Race(new Simulated(rate, scrape), HALF_A_DAY, runs, Ours.soaks()).run());
        }
        return report.json();
    }

    static void progress(String what) {
        System.err.println("bench/judge: " + what);
    }

    static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\": " + field.getValue())
                .collect(Collectors.joining(",\n", "{", "}"));
    }
}
