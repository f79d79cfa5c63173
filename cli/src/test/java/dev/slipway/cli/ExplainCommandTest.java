package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ExplainCommandTest {
    private final FakeApi api = new FakeApi();

    @AfterEach
    void close() {
        api.close();
    }

    static Stream<Arguments> tellsTheChain() {
        return Stream.of(
                Arguments.of("rolled-back", Stories.ROLLED_BACK),
                Arguments.of("held", Stories.HELD),
                Arguments.of("promoted", Stories.PROMOTED),
                Arguments.of("soaking", Stories.SOAKING),
                Arguments.of("aborted", Stories.ABORTED));
    }

    @ParameterizedTest
    @MethodSource
    void tellsTheChain(String name, ReleaseView view) throws IOException {
        api.story(view);

        Run run = Run.against(api, "explain", "podinfo@6.9.2");

        assertThat(run).isEqualTo(new Run(0, Golden.read("explain-" + name + ".txt"), ""));
    }

    @Test
    void theJsonIsTheListOfLinksWithTheWholeEvidence() {
        api.story(Stories.ROLLED_BACK);

        JsonNode chain = Json.read(
                Run.against(api, "explain", "podinfo@6.9.2", "-o", "json").out());

        assertThat(chain.isArray()).isTrue();
        assertThat(chain.valueStream())
                .allSatisfy(
                        link -> assertThat(link.propertyNames()).containsExactly("when", "what", "why", "evidence"));
        JsonNode cause = chain.path(1);
        assertThat(cause.path("when").asString()).isEqualTo("2026-11-21T09:09:52Z");
        assertThat(cause.path("what").asString()).isEqualTo("ramp 25% in production failed after 12s");
        assertThat(cause.path("why").asString())
                .isEqualTo("errors: 20 % of 40 against 0.083 % of 3,600: 4,400 to 1 against");
        assertThat(cause.path("evidence").path(0).path("link").asString()).isEqualTo(Stories.QUERY);
    }

    @Test
    void whatStandsNowHasNoTime() {
        api.story(Stories.HELD);

        JsonNode chain = Json.read(
                Run.against(api, "explain", "podinfo@6.9.2", "-o", "json").out());

        assertThat(chain.path(0).path("when").isNull()).isTrue();
    }

    @Test
    void aNoIsNotToldAsAnApproval() {
        List<String> lines = Explanation.lines(Stories.REJECTED, Views.NOW, 100, false);

        assertThat(lines)
                .contains(
                        "    why      rejected by approver-2 at production/approve: not on a Friday",
                        "    why      0 of 1 approvals from deployers, rejected by approver-2")
                .anyMatch(line -> line.contains("nothing in production was touched"));
    }

    @Test
    void whatNobodyKnowsIsNotSaid() {
        ReleaseView unanswered = Views.release(
                Phase.RUNNING, "", "no worker answered", Views.pending("development"), Views.pending("production"));

        assertThat(Explanation.lines(unanswered, Views.NOW, 100, false))
                .contains("    why      no worker answered")
                .noneMatch(line -> line.contains("touched"));
    }

    @Test
    void ofAStageThatWasClosedByForceNobodyKnowsWhatItTouched() {
        String reason = "the stage in production was closed by force in Temporal";
        StageView lost = new StageView(
                new EnvironmentName("production"), "DONE", "ABORTED", reason, "", 0, 0, List.of(), List.of(), "run");

        assertThat(Explanation.lines(Views.ended("ABORTED", reason, lost), Views.NOW, 100, false))
                .contains("    why      " + reason)
                .noneMatch(line -> line.contains("touched"));
    }

    @Test
    void evidenceIsNeverCut() {
        String log = "starting ".repeat(100) + "no-such-model";
        StepView rolling =
                Views.step("rolling", "rolling", "FAILED", "FAILED", "crashes", 3, 5, Evidence.of("log", log));
        StageView stage = new StageView(
                new EnvironmentName("production"),
                "DONE",
                "ROLLED_BACK",
                "rolling: crashes",
                "",
                0,
                0,
                List.of(rolling),
                List.of(),
                "run");

        assertThat(Explanation.lines(Views.ended("ROLLED_BACK", "rolling: crashes", stage), Views.NOW, 60, false))
                .anyMatch(line -> line.endsWith("no-such-model"));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 140})
    void onlyWhatIsMeantToBeCopiedIsWiderThanTheScreen(int width) {
        for (ReleaseView view : List.of(Stories.ROLLED_BACK, Stories.HELD, Stories.PROMOTED, Stories.SOAKING)) {
            List<String> lines = Explanation.lines(view, Views.NOW, width, false);

            assertThat(lines.stream().filter(line -> line.contains("query: ")))
                    .allMatch(line -> line.endsWith("query: " + Stories.QUERY));
            assertThat(lines.stream().filter(line -> !line.contains("query: ") && !line.contains("history")))
                    .allSatisfy(line -> assertThat(Sheet.columns(line)).isLessThanOrEqualTo(width));
        }
    }

    @Test
    void coloursAddToTheWordsAndReplaceNone() {
        api.story(Stories.ROLLED_BACK);
        Map<String, String> who = Map.of("SLIPWAY_URL", api.url(), "SLIPWAY_TOKEN", FakeApi.TOKEN);

        String plain = Run.with(who, "", "explain", "podinfo@6.9.2").out();
        String coloured = Run.with(who, "1", "explain", "podinfo@6.9.2").out();

        assertThat(coloured).contains("\u001b[31m").isNotEqualTo(plain);
        assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", "").lines().map(String::stripTrailing))
                .isEqualTo(plain.lines().toList());
    }

    @Test
    void nothingFromTheServerReachesTheTerminalAsAControl() {
        api.storyOf(List.of(Json.line(Stories.ROLLED_BACK)
                .replace("3,600", "3,600\\u001b[2J\\u009b31m")
                .replace("{status", "{\\u001b[2Kstatus")));

        Run run = Run.against(api, "explain", "podinfo@6.9.2");

        assertThat(run.out()).contains("3,600[2J31m", "{[2Kstatus");
        assertThat(run.out().replace("\n", "").codePoints()).noneMatch(SafeText::dangerous);
    }

    @Test
    void aReleaseThatThereIsNotEndsLikeGet() {
        Run explained = Run.against(api, "explain", "podinfo@6.9.2");

        assertThat(explained.code()).isEqualTo(5);
        assertThat(explained).isEqualTo(Run.against(api, "get", "podinfo@6.9.2"));
    }
}
