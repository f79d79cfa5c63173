package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Holds docs/failure-matrix.md to its word, and writes it down for machines. It stands here as all modules stand below. */
class FailureMatrixTest {
    private static final Path ROOT = root();
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([HCTMN]\\d+) \\|[^|]+\\|([^|]*)\\|$");
    private static final Pattern TEST = Pattern.compile("`([a-z0-9/]+):(\\w+)#(\\w+)`");
    private static final Pattern TEST_METHOD = Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b");
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
                        .filter(t -> !exists(t)))
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
        Path file = Files.createDirectories(ROOT.resolve("build/reports")).resolve("failure-matrix.json");
        Files.writeString(
                file,
                JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(matrix));

        assertThat(file).isNotEmptyFile();
    }

    private static boolean exists(String name) {
        Matcher test = TEST.matcher("`" + name + "`");
        if (!test.matches()) {
            return false;
        }
        Path tests = ROOT.resolve(test.group(1)).resolve("src/test/java");
        try (Stream<Path> files = Files.walk(tests)) {
            return files.filter(f -> f.endsWith(test.group(2) + ".java")).anyMatch(f -> declares(f, test.group(3)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the method is there with an annotation that makes it a test, which stands above it without an empty line. */
    private static boolean declares(Path file, String method) {
        try {
            String source = Files.readString(file);
            for (int at = source.indexOf(" " + method + "(");
                    at >= 0;
                    at = source.indexOf(" " + method + "(", at + 1)) {
                String above = source.substring(Math.max(0, source.lastIndexOf("\n\n", at)), at);
                if (TEST_METHOD.matcher(above).find()) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Matcher row = ROW.matcher(page());
        while (row.find()) {
            List<String> tests = new ArrayList<>();
            Matcher test = TEST.matcher(row.group(2));
            while (test.find()) {
                tests.add(test.group(1) + ":" + test.group(2) + "#" + test.group(3));
            }
            rows.add(new Row(
                    row.group(1),
                    tests,
                    TEST.matcher(row.group(2)).replaceAll("").strip()));
        }
        return rows;
    }

    private static List<String> expected() {
        return SECTIONS.entrySet().stream()
                .flatMap(s -> IntStream.rangeClosed(1, s.getValue()).mapToObj(i -> s.getKey() + i))
                .toList();
    }

    private static String page() {
        try {
            return Files.readString(ROOT.resolve("docs/failure-matrix.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/failure-matrix.md"))) {
            here = here.getParent();
        }
        return here;
    }
}
