package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class WrongFilesTest {
    private static final String BASE = Platform.resource("base.yaml");

    static Stream<Arguments> wrong() {
        JsonNode table = new YAMLMapper().readTree(Platform.resource("wrong.yaml"));
        return table.valueStream()
                .map(entry -> Arguments.of(
                        entry.get("name").asString(),
                        entry.get("replace").asString(),
                        entry.get("with").asString(),
                        entry.get("says").valueStream().map(JsonNode::asString).toList()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void wrong(String name, String replace, String with, List<String> says) {
        assertThat(BASE).contains(replace);

        assertThat(Platform.problems(replaceFirst(BASE, replace, with))).containsExactlyElementsOf(says);
    }

    @Test
    void theFileThatTheTableStartsFromIsGood() {
        assertThat(Platform.problems(BASE)).isEmpty();
    }

    @Test
    void saysEverythingAtOnceInTheOrderOfTheFile() {
        String yaml = BASE.replace("votes: 1", "votes: 0")
                .replace("kind: Pipeline", "kind: Pipe")
                .replace("healthyFor: 10m", "healthyFor: soon")
                .replace("/podinfo }", "/podinfo:6 }");

        assertThat(Platform.problems(yaml))
                .containsExactly(
                        "release.yaml:2:7: 'kind' must be Pipeline, not 'Pipe'",
                        "release.yaml:7:24: 'repository' must be without a tag (the version is the tag), not"
                                + " 'registry.example.com/podinfo:6'",
                        "release.yaml:21:45: 'votes' must be a whole number of people, at least 1, not 0",
                        "release.yaml:26:29: 'healthyFor' must be a duration such as 30s, 10m, 24h or 7d, not 'soon'");
    }

    @Test
    void showsTheWrongLineWithACaret() {
        String yaml = BASE.replace("- soak:", "- sook:");

        assertThat(Platform.read(yaml).problems().get(0).render(yaml)).isEqualTo("""
                        release.yaml:26:9: unknown key 'sook' in entry 1 of 'after'; did you mean 'soak'?
                          26 |       - sook: { healthyFor: 10m, atMost: 1h, slos: [errors] }
                             |         ^""");
    }

    @Test
    void linesEndAsWindowsEndsThemAndAByteOrderMarkIsNoText() {
        String yaml = "\uFEFF" + BASE.replace("votes: 1", "votes: 0").replace("\n", "\r\n");

        assertThat(Platform.problems(yaml))
                .containsExactly("release.yaml:21:45: 'votes' must be a whole number of people, at least 1, not 0");
    }

    @Test
    void theSourceIsTheVeryBytesThatWereRead() {
        byte[] bytes = ("\uFEFF" + BASE.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8);

        assertThat(PipelineReader.read("release.yaml", bytes)
                        .orElseThrow()
                        .source()
                        .bytes())
                .isEqualTo(bytes);
    }

    private static String replaceFirst(String text, String replace, String with) {
        int at = text.indexOf(replace);
        return text.substring(0, at) + with + text.substring(at + replace.length());
    }
}
