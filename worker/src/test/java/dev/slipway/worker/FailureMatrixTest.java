package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Holds docs/failure-matrix.md to its word, and writes it down for machines. It stands here as all modules stand below. */
class FailureMatrixTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([HCTMN]\\d+) \\|[^|]+\\|([^|]*)\\|$");
    private static final Map<String, Integer> SECTIONS = Map.of("H", 23, "C", 14, "T", 20, "M", 15, "N", 10);

    private record Row(String id, List<String> tests, String words) {}

    @Test
    void everyRowHasATestOrAReason() {
        List<Row> rows = rows();

        assertThat(rows.stream().map(Row::id)).containsExactlyInAnyOrderElementsOf(expected());
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.words() + row.tests())
                        .as("%s", row)
                        .matches("(?s)(Out of scope: .{10,}|Issue [56]\\.|\\s*)\\[.*]")
                        .isNotEqualTo("[]"));
    }

    @Test
    void everyNamedTestExists() {
        assertThat(rows().stream()
                        .flatMap(row -> row.tests().stream())
                        .distinct()
                        .filter(t -> !NamedTests.exists(t)))
                .as("tests that are named and do not exist")
                .isEmpty();
    }

    @Test
    void theMatrixIsWrittenForMachines() throws IOException {
        List<Map<String, Object>> matrix = new ArrayList<>();
        for (Row row : rows()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("row", row.id());
            line.put("tests", row.tests());
            line.put("out_of_scope", row.words().isEmpty() ? null : row.words());
            matrix.add(line);
        }
        Path file = Files.createDirectories(NamedTests.ROOT.resolve("build/reports"))
                .resolve("failure-matrix.json");
        Files.writeString(
                file,
                JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(matrix));

        assertThat(file).isNotEmptyFile();
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Matcher row = ROW.matcher(page());
        while (row.find()) {
            rows.add(new Row(row.group(1), NamedTests.in(row.group(2)), NamedTests.without(row.group(2))));
        }
        return rows;
    }

    private static List<String> expected() {
        return SECTIONS.entrySet().stream()
                .flatMap(s -> IntStream.rangeClosed(1, s.getValue()).mapToObj(i -> s.getKey() + i))
                .toList();
    }

    private static String page() {
        return NamedTests.page("docs/failure-matrix.md");
    }
}
