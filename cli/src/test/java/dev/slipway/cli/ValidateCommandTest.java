package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ValidateCommandTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> tenWrongFiles() {
        return Stream.of(
                Arguments.of(
                        "- soak:", "- sook:", "26:9: unknown key 'sook' in entry 1 of 'after'; did you mean 'soak'?"),
                Arguments.of("traffic:", "trafic:", "8:1: unknown key 'trafic'; did you mean 'traffic'?"),
                Arguments.of("slipway.dev/v1", "slipway.dev/v2", "1:13: 'apiVersion' must be slipway.dev/v1"),
                Arguments.of("service: podinfo", "service: podinfo\nservice: other", "4:1: duplicate key 'service'"),
                Arguments.of("    rolling: {}", "\trolling: {}", "16:1: not valid YAML: a tab"),
                Arguments.of("votes: 1", "votes: two", "21:45: 'votes' must be a whole number of people"),
                Arguments.of("healthyFor: 10m", "healthyFor: 600", "26:29: 'healthyFor' must be a duration"),
                Arguments.of("objective: 99.9%", "objective: 0.99", "10:95: 'objective' must be a percentage"),
                Arguments.of("[5%, 50%]", "[50%, 5%]", "23:20: ramps must rise: 5% follows 50%"),
                Arguments.of("chart: ./chart", "chart: ../chart", "6:10: "));
    }

    @ParameterizedTest
    @MethodSource
    void tenWrongFiles(String right, String wrong, String says) {
        assertThat(Pipelines.GOOD).contains(right);
        Path file = Pipelines.write(folder, Pipelines.GOOD.replace(right, wrong));

        Run run = Run.slipway("validate", "-f", file.toString());

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.lines().get(0)).startsWith(file + ":" + says);
        assertThat(run.out()).contains(" | ").contains("^");
    }

    @Test
    void saysThatAFileIsGoodAndWhereItLeads() {
        Path file = Pipelines.write(folder);

        Run run = Run.slipway("validate", "-f", file.toString());

        assertThat(run).isEqualTo(new Run(0, file + ": valid, podinfo: development -> production\n", ""));
    }

    @Test
    void checksSeveralFilesAndSaysEverythingAtOnce() {
        Path good = Pipelines.write(folder.resolve("good"));
        Path bad = Pipelines.write(
                folder.resolve("bad"),
                Pipelines.GOOD.replace("votes: 1", "votes: 0").replace("- soak:", "- sook:"));

        Run run = Run.slipway("validate", "-f", good.toString(), "-f", bad.toString());

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.lines()).first().asString().startsWith(good + ": valid");
        assertThat(run.out()).contains(bad + ":21:45: ").contains(bad + ":26:9: ");
        assertThat(run.err()).isEqualTo(bad + ": 2 problems\n");
    }

    @Test
    void tellsScriptsWhereEachProblemIs() {
        Path file = Pipelines.write(folder, Pipelines.GOOD.replace("- soak:", "- sook:"));

        Run run = Run.slipway("validate", "-f", file.toString(), "-o", "json");

        JsonNode document = Json.read(run.out());
        assertThat(run.code()).isEqualTo(3);
        assertThat(document.path("valid").asBoolean(true)).isFalse();
        assertThat(document.path("problems").get(0).path("line").asInt()).isEqualTo(26);
        assertThat(document.path("problems").get(0).path("hint").asString()).isEqualTo("did you mean 'soak'?");
    }

    @Test
    void annotatesTheLineInAPullRequest() {
        Path file = Pipelines.write(folder, Pipelines.GOOD.replace("objective: 99.9%", "objective: 0.99"));

        Run run = Run.with(Map.of("GITHUB_ACTIONS", "true"), "", "validate", "-f", file.toString());

        assertThat(run.out())
                .contains("::error file=" + file + ",line=10,col=95::'objective' must be a percentage such as 99.5%25");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Run run = Run.slipway("validate", "-f", folder.resolve("none.yaml").toString());

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).startsWith("error: there is no file " + folder.resolve("none.yaml"));
        assertThat(Run.slipway("validate", "-f", folder.toString()).err()).contains("cannot be read");
    }
}
