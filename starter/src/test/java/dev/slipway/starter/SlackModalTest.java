package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.slipway.model.Authors;
import dev.slipway.model.Difference;
import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.workflows.api.Ask;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.testing.slack.BlockLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code -Dgolden=write} writes what stands in src/test/resources/slack anew; read the difference. */
class SlackModalTest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Path GOLDEN = Path.of("src/test/resources/slack");
    private static final ReleaseId RELEASE = ReleaseId.parse("podinfo@6.9.2");
    private static final Digests DIGESTS =
            new Digests(digest("chart"), digest("image"), digest("values"), digest("pipeline"));
    private static final Ask ASK = new Ask(RELEASE, 1, "production/approve", DIGESTS.fingerprint());
    private static final Difference DIFFERENCE = new Difference(
                    "podinfo@6.9.1 (revision 4, chart podinfo-6.9.1)",
                    "1 value and 2 objects (1 new, 0 gone, 1 changed)",
                    List.of("ClusterRole/podinfo is new"),
                    List.of("image.tag: \"6.9.1\" -> \"6.9.2\"", "db.password: (masked) -> (masked, changed)"),
                    List.of("ClusterRole/podinfo new, +8", "ConfigMap/podinfo changed, +5000 -5000"),
                    "=== ConfigMap/podinfo changed, +5000 -5000\n... 10007 more lines",
                    Optional.empty(),
                    "")
            .kept(digest("whole"), "");

    private static Digest digest(String of) {
        return Digests.sha256(of.getBytes(StandardCharsets.UTF_8));
    }

    private static ReleaseView view(Difference difference, String undo) {
        List<Evidence> shown =
                new ArrayList<>(difference.evidence("slipway diff podinfo@6.9.2 --environment production"));
        shown.add(Evidence.of("undo", undo));
        StepView approve = new StepView("approve", "approve", "RUNNING", null, "", shown, null, null);
        StepView ramp = new StepView(
                "ramp 5%",
                "ramp",
                "DONE",
                "PASSED",
                "",
                List.of(Evidence.of("errors", "0.1% of 21200 requests bad, objective 99%")),
                null,
                null);
        StepView check = new StepView(
                "completion", "check.http", "DONE", "PASSED", "200, and the answer has choices", List.of(), null, null);
        StageView production = new StageView(
                new EnvironmentName("production"),
                "WAITING",
                null,
                "",
                "production/approve",
                0,
                0,
                List.of(check, ramp, approve),
                List.of(),
                "run");
        return new ReleaseView(
                RELEASE,
                RELEASE.service(),
                RELEASE.version(),
                1,
                Phase.WAITING,
                null,
                "",
                "production/approve",
                DIGESTS,
                "ci",
                Authors.NONE,
                List.of(production),
                Map.of(),
                null,
                null);
    }

    private static JsonNode modal(Decision.Choice choice, Optional<ReleaseView> view) throws IOException {
        return JSON.readTree(SlackModal.of(ASK, choice, view, "memo").toString());
    }

    private static void assertGolden(String name, JsonNode modal) throws IOException {
        assertThat(BlockLimits.ofModal(modal)).isEmpty();
        Path file = GOLDEN.resolve(name + ".json");
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, JSON.writeValueAsString(modal) + "\n");
        }
        assertThat(modal).isEqualTo(JSON.readTree(Files.readString(file)));
    }

    @Test
    void theModalShowsWhatChangesAndTheDigestsThatTheWordIsFor() throws IOException {
        JsonNode modal = modal(Decision.Choice.APPROVE, Optional.of(view(DIFFERENCE, "about 42s: it was measured")));

        assertGolden("modal", modal);
        assertThat(modal.toString()).contains(ASK.fingerprint().value());
    }

    @Test
    void withoutAnAnswerInTimeTheFingerprintStandsForAll() throws IOException {
        assertGolden("modal-unseen", modal(Decision.Choice.REJECT, Optional.empty()));
    }

    @Test
    void howeverMuchChangesAndWhateverItSaysSlackTakesTheModal() throws IOException {
        String flood = "<!here> & `<https://evil|x>` 💥\n\u001b[31m\u202e".repeat(500);
        List<String> many = Collections.nCopies(500, flood);
        Difference much = new Difference(flood, flood, many, many, many, flood, Optional.of(digest("x")), flood);

        JsonNode modal = modal(Decision.Choice.APPROVE, Optional.of(view(much, flood)));

        assertThat(BlockLimits.ofModal(modal)).isEmpty();
        assertThat(modal.toString()).doesNotContain("<!here>", "<https", "\u001b", "\\u001b", "\u202e");
    }
}
