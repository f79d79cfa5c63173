package dev.slipway.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured: printed as a table, and written to build/reports/bench.json. */
final class Figures {
    private final List<Map<String, Object>> lines = new ArrayList<>();

    /** The median of the samples stands for all of them. */
    void add(String id, String what, String unit, List<Double> samples) {
        add(id, what, unit, samples, 50);
    }

    /** This percentile of the samples stands for all of them. */
    void add(String id, String what, String unit, List<Double> samples, int percentile) {
        double[] sorted = samples.stream().mapToDouble(s -> s).sorted().toArray();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", id);
        line.put("what", what);
        line.put("value", sorted[sorted.length * percentile / 100]);
        line.put("unit", unit);
        line.put("n", sorted.length);
        line.put("min", sorted[0]);
        line.put("max", sorted[sorted.length - 1]);
        // nobody else publishes these figures in a form that one run could compare
        line.put("peer", null);
        line.put("peer_value", null);
        line.put("ratio", null);
        lines.add(line);
    }

    void print() {
        System.out.printf(
                "%n%-28s %10s %10s %10s %3s  %-6s %s%n", "figure", "value", "min", "max", "n", "unit", "what");
        for (Map<String, Object> line : lines) {
            System.out.printf(
                    "%-28s %10.2f %10.2f %10.2f %3s  %-6s %s%n",
                    Arrays.asList("id", "value", "min", "max", "n", "unit", "what").stream()
                            .map(line::get)
                            .toArray());
        }
    }

    void write() throws IOException {
        write("bench.json");
    }

    void write(String name) throws IOException {
        Path file = Files.createDirectories(Lab.root().resolve("build/reports")).resolve(name);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), lines);
        System.out.println("written to " + file);
    }
}
