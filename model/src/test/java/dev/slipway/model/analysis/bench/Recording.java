package dev.slipway.model.analysis.bench;

import dev.slipway.model.analysis.sequential.Events;
import dev.slipway.model.analysis.sequential.Scrape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * What bench/record wrote: what both sides of one service counted, second by second, in the times of one phase.
 *
 * @param phases the seconds of each; what was counted while one phase became another belongs to none
 */
record Recording(Map<String, List<Scrape>> phases) {
    /** A second in which nothing is known; what happened in it is in the next one. */
    static final Scrape MISSING = new Scrape(Duration.ZERO, Events.NONE, Events.NONE);

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** All services of a file, by name. */
    static Map<String, Recording> read(Path file) throws IOException {
        Map<String, Recording> services = new LinkedHashMap<>();
        Map<String, Row> last = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (Character.isDigit(line.charAt(0))) {
                    Row row = Row.of(line);
                    Row before = last.put(row.service, row);
                    if (before != null && before.phase.equals(row.phase)) {
                        services.computeIfAbsent(row.service, name -> new Recording(new LinkedHashMap<>()))
                                .add(before, row);
                    }
                }
            }
        }
        return services;
    }

    /** In a phase, in the order in which it was. */
    List<Scrape> seconds(String phase) {
        return phases.getOrDefault(phase, List.of());
    }

    /** {@code healthy 50 min, 0.52 % of 30,004 against 0.5 % of 270,001; ...}, the canary first. */
    String words() {
        return phases.entrySet().stream()
                .map(phase -> phase.getKey() + " " + words(phase.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String words(List<Scrape> seconds) {
        Scrape all = seconds.stream().reduce(Scrape.NOTHING, Scrape::plus);
        return String.format(
                Locale.ROOT,
                "%d min, %.2f %% of %,d against %.2f %% of %,d",
                all.covers().toMinutes(),
                100 * all.canary().share(),
                all.canary().total(),
                100 * all.stable().share(),
                all.stable().total());
    }

    private void add(Row before, Row row) {
        List<Scrape> seconds = phases.computeIfAbsent(row.phase, name -> new ArrayList<>());
        long covers = Math.round((row.at - before.at) / 1000.0);
        for (long missing = 1; missing < covers; missing++) {
            seconds.add(MISSING);
        }
        if (row.canary >= before.canary && row.stable >= before.stable) {
            seconds.add(new Scrape(
                    SECOND.multipliedBy(Math.max(1, covers)),
                    Events.counted(row.canaryBad - before.canaryBad, row.canary - before.canary),
                    Events.counted(row.stableBad - before.stableBad, row.stable - before.stable)));
        }
    }

    /** A line of the file. */
    private record Row(
            long at, String service, String phase, long canary, long canaryBad, long stable, long stableBad) {
        static Row of(String line) {
            String[] of = line.split(",");
            return new Row(
                    Long.parseLong(of[0]),
                    of[1],
                    of[2],
                    Long.parseLong(of[3]),
                    Long.parseLong(of[4]),
                    Long.parseLong(of[5]),
                    Long.parseLong(of[6]));
        }
    }
}
