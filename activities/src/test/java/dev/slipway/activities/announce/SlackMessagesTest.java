package dev.slipway.activities.announce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.activities.difference.Comparison;
import dev.slipway.activities.difference.Rendered;
import dev.slipway.activities.difference.Side;
import dev.slipway.model.Difference;
import dev.slipway.model.Evidence;
import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.slack.Mrkdwn;
import dev.slipway.workflows.testing.slack.BlockLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -Dgolden=write} writes what stands in src/test/resources/announce anew; read the difference. */
class SlackMessagesTest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Path GOLDEN = Path.of("src/test/resources/announce");
    private static final List<Evidence> SEEN =
            List.of(Evidence.of("errors", "0.1% of 21200 requests bad, objective 99%"));

    private static final String CHART = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: podinfo, labels: { helm.sh/chart: podinfo-6.9.1 } }
            spec: { template: { spec: { containers: [ { name: podinfo, image: "podinfo:6.9.1" } ] } } }
            ---
            kind: Secret
            metadata: { name: podinfo }
            stringData: { token: secret-of-6.9.1 }
            """;
    private static final String ROLE =
            "---\n{ kind: ClusterRole, metadata: { name: podinfo }, rules: [ { verbs: ['*'], resources: [secrets] } ] }\n";

    private static ObjectNode json(Message message) {
        ObjectNode json = JSON.createObjectNode().put("text", message.text());
        json.set("blocks", message.blocks());
        return json;
    }

    private static void assertGolden(String name, Message message) throws IOException {
        ObjectNode is = json(message);
        assertThat(BlockLimits.ofMessage(is)).isEmpty();
        Path file = GOLDEN.resolve(name + ".json");
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(file, JSON.writeValueAsString(is) + "\n");
        }
        JsonNode golden = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
        assertThat(is).isEqualTo(golden);
    }

    @Test
    void aReleaseThatWaitsIsShown() throws IOException {
        assertGolden("waiting", ReleaseMessage.of(Told.waiting()));
    }

    @Test
    void aReleaseThatWasRolledBackIsShown() throws IOException {
        assertGolden(
                "rolled-back",
                ReleaseMessage.of(
                        Told.view(Phase.DONE, "ROLLED_BACK", "errors: 4.1% of 212 requests bad", "", List.of())));
    }

    @Test
    void anApprovalIsAskedForWithAllDigestsAndWhatWasSeen() throws IOException {
        assertGolden(
                "ask",
                AskMessage.open(
                        Told.view(Phase.WAITING, null, "", Told.GATE, SEEN),
                        Told.asked().details(),
                        ""));
    }

    @Test
    void theQuestionSaysWhoWroteItAndThatTheyMayNotDecide() throws IOException {
        String asked = json(AskMessage.open(
                        Told.writtenBy(Told.waiting(), "ann", "<!channel> stranger@example.com"),
                        Told.asked().details(),
                        ""))
                .toString();

        assertThat(asked)
                .contains("requested by ci, written by ann, &lt;!channel&gt; stranger@example.com")
                .contains("whoever requested or wrote it may not");
    }

    @Test
    void anApprovalIsAskedForWithWhatChanges() throws IOException {
        Comparison comparison = Comparison.of(
                Rendered.side("podinfo@6.9.1 (revision 4, chart podinfo-6.9.1)", "{ image: { tag: 6.9.1 } }", CHART),
                Rendered.side(
                        "podinfo@6.9.2 (chart podinfo-6.9.2)",
                        "{ image: { tag: 6.9.2 }, note: '`<!channel>` *bold*' }",
                        CHART.replace("6.9.1", "6.9.2") + ROLE));

        assertGolden(
                "ask-change",
                AskMessage.open(
                        Told.asking(SEEN, shown(comparison)), Told.asked().details(), ""));
    }

    @Test
    void aDiffOfFiveThousandLinesIsCutAndSaysWhereAllOfItIs() throws IOException {
        Comparison comparison = Rendered.of(configuration(5000, "old"), configuration(5000, "new"));

        Message asked = AskMessage.open(
                Told.asking(SEEN, shown(comparison)), Told.asked().details(), "");

        assertGolden("ask-5000-lines", asked);
        assertThat(json(asked).toString())
                .contains("more lines", "slipway diff podinfo@6.9.2 --environment production");
    }

    private static String configuration(int lines, String value) {
        StringBuilder text = new StringBuilder("kind: ConfigMap\nmetadata: { name: big }\ndata:\n");
        for (int i = 0; i < lines; i++) {
            text.append("  key-").append(i).append(": ").append(value).append('\n');
        }
        return text.toString();
    }

    private static List<Evidence> shown(Comparison comparison) {
        return comparison
                .difference()
                .kept(Told.digest("whole"), "")
                .evidence("slipway diff podinfo@6.9.2 --environment production");
    }

    @Test
    void aQuestionThatCouldNotBeLookedIntoSaysWhy() throws IOException {
        List<Evidence> away =
                Difference.unavailable("no route to the API server").evidence("slipway diff");

        assertGolden(
                "ask-unavailable",
                AskMessage.open(Told.asking(SEEN, away), Told.asked().details(), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!channel>",
                "<@U1>",
                "`code`",
                "```",
                "*bold*",
                "\u001b[31mred",
                "\u202eright",
                "&lt;",
                "<https://evil|x>"
            })
    void nothingInAChangeIsMarkup(String evil) {
        String text = evil + " ";
        Comparison comparison = Comparison.of(
                Rendered.side("old " + text, "{}", CHART),
                new Side(
                        "new",
                        "home",
                        JSON.createObjectNode().put("k" + text, text.repeat(100)),
                        List.of(JSON.createObjectNode()
                                .put("kind", "ClusterRole" + text)
                                .put("data", text.repeat(50))
                                .set("metadata", JSON.createObjectNode().put("name", text)))));

        ObjectNode json = json(AskMessage.open(
                Told.asking(SEEN, shown(comparison)), Told.asked().details(), ""));

        assertThat(BlockLimits.ofMessage(json)).isEmpty();
        assertThat(json.toString()).doesNotContain("<!", "<@", "<http", "\\u001b", "\u001b", "\u202e");
        for (JsonNode block : json.path("blocks")) {
            String shown = block.path("text").path("text").asText();
            assertThat(shown.replace("```", "").chars().filter(c -> c == '`').count() % 2)
                    .as("every box is closed: " + shown)
                    .isZero();
            assertThat(shown.split("```", -1).length % 2).as("and every block").isEqualTo(1);
        }
    }

    @Test
    void anApprovalThatIsDecidedHasNoButtons() throws IOException {
        assertGolden(
                "decided",
                AskMessage.closed(
                        Told.view(Phase.RUNNING, null, "", "", SEEN),
                        Told.asked().details(),
                        "2 of 2 approvals from deployers (ann, bob)"));
    }

    @Test
    void newsIsOneMessage() throws IOException {
        assertGolden(
                "news",
                News.of(List.of(
                                Told.asked(),
                                Told.voted("ann", "REJECT", "0 of 2", 0),
                                Told.fact(Fact.Kind.JUDGED, "soak PASSED", Map.of("verdict", "PASSED")),
                                Told.fact(Fact.Kind.JUDGED, "ramp FAILED: errors", Map.of("verdict", "FAILED")),
                                Told.ended("REJECTED", "REJECTED: no")))
                        .orElseThrow());
    }

    @Test
    void whateverPeopleWriteSlackTakesTheMessage() {
        String flood = "<!here> & `<https://evil|x>` 💥\n\u001b[31m\u202e".repeat(2000);
        List<Evidence> much = Collections.nCopies(300, Evidence.of("errors", flood.substring(0, 500)));

        for (Message message : List.of(
                ReleaseMessage.of(Told.view(Phase.WAITING, null, flood, Told.GATE, much)),
                AskMessage.open(
                        Told.asking(much, flooded(flood)),
                        Map.of("gate", "production/approve", "group", flood, "votes", "2", "undo", flood),
                        flood),
                AskMessage.open(
                        Told.view(Phase.WAITING, null, flood, Told.GATE, much),
                        Map.of("gate", "production/approve", "group", flood, "votes", "2"),
                        flood),
                News.of(Collections.nCopies(100, Told.ended("ROLLED_BACK", flood)))
                        .orElseThrow())) {
            ObjectNode json = json(message);
            assertThat(BlockLimits.ofMessage(json)).isEmpty();
            assertThat(json.toString()).doesNotContain("<!here>", "<https", "\\u001b", "\u202e");
        }
    }

    /** More of each than an adapter would hand in. */
    private static List<Evidence> flooded(String flood) {
        List<String> many = Collections.nCopies(500, flood);
        return new Difference(flood, flood, many, many, many, flood, Optional.of(Told.digest("x")), flood)
                .evidence(flood);
    }

    @ParameterizedTest
    @CsvSource({"a & b,a &amp; b", "<@U1>,&lt;@U1&gt;", "<!channel>,&lt;!channel&gt;"})
    void nothingThatPeopleWriteIsMarkup(String text, String shown) {
        assertThat(Mrkdwn.plain(text)).isEqualTo(shown);
    }

    @Test
    void aCutLeavesNoHalfEscape() {
        for (int most = 40; most < 60; most++) {
            String cut = Mrkdwn.plain("&".repeat(100), most);
            assertThat(cut).hasSizeLessThanOrEqualTo(most).matches("(&amp;)* … \\(cut; .*\\)");
        }
    }
}
