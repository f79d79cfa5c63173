package dev.slipway.activities.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.model.Authors;
import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.Resource;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.model.UndoView;
import dev.slipway.workflows.api.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of facts, letter by letter; the golden files are valid by the schemas of CDEvents 0.4.1. */
class CdEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    private static final Instant REQUESTED = Instant.parse("2026-11-22T03:00:00Z");
    private static final Instant JUDGED = Instant.parse("2026-11-22T03:58:00Z");
    private static final Instant ENDED = Instant.parse("2026-11-22T04:00:00Z");

    private final CdEvents events = new CdEvents(URI.create("https://slipway.example.com"));

    @ParameterizedTest
    @CsvSource({
        "promoted, PROMOTED, PROMOTED, OPEN",
        "rolled-back, ROLLED_BACK, ROLLED_BACK: ramp-10: errors, RESTORED",
        "left-as-is, LEFT_AS_IS, LEFT_AS_IS: route, RESTORED",
        "expired-before-anything, EXPIRED, EXPIRED: nobody decided, ALREADY_THERE"
    })
    void eachOutcomeHasItsEvents(String golden, String outcome, String words, String undone) throws IOException {
        List<Map<String, Object>> told = events.of(batch(outcome, words, undone)).stream()
                .map(CloudEvent::json)
                .toList();

        try (InputStream file = CdEventsTest.class.getResourceAsStream("/cdevents/" + golden + ".json")) {
            JsonNode expected = JSON.readTree(file);
            assertThat((JsonNode) JSON.valueToTree(told)).isEqualTo(expected);
        }
    }

    @Test
    void aBatchThatComesInPartsHasTheSameEvents() {
        RecordBatch whole = batch("PROMOTED", "PROMOTED", "OPEN");
        RecordBatch rest = new RecordBatch(
                whole.runId(), 3, whole.facts().subList(2, whole.facts().size()), whole.view());

        assertThat(events.of(rest))
                .isEqualTo(events.of(whole).subList(1, events.of(whole).size()));
    }

    private static RecordBatch batch(String outcome, String words, String undone) {
        Map<String, String> how = Map.of("outcome", outcome);
        List<Fact> facts = List.of(
                fact(
                        REQUESTED,
                        Optional.empty(),
                        Fact.Kind.REQUESTED,
                        "podinfo@2.0.0 attempt 1 requested by ci",
                        Map.of()),
                fact(JUDGED, Optional.of(PRODUCTION), Fact.Kind.JUDGED, "ramp-10", Map.of("verdict", "PASSED")),
                fact(ENDED, Optional.of(PRODUCTION), Fact.Kind.ENDED, words, how),
                fact(ENDED.plusSeconds(1), Optional.empty(), Fact.Kind.ENDED, words, how));
        return new RecordBatch("0198b2d4-6c1f-7e4a-9a51-1c2d3e4f5a6b", 1, facts, view(undone));
    }

    private static Fact fact(
            Instant at, Optional<EnvironmentName> where, Fact.Kind kind, String what, Map<String, String> details) {
        return new Fact(at, where, kind, what, details, List.of());
    }

    static ReleaseView view(String undone) {
        StepView step = new StepView("ramp-10", "ramp", "FAILED", "FAILED", "errors", List.of(), REQUESTED, JUDGED);
        return view(List.of(step), List.of(new UndoView(Resource.ROUTE, undone, "", null, null)), ENDED);
    }

    static ReleaseView view(List<StepView> steps, List<UndoView> undo, Instant ended) {
        ReleaseId id = ReleaseId.parse("podinfo@2.0.0");
        Digest image = new Digest("sha256:" + "b".repeat(64));
        StageView stage = new StageView(PRODUCTION, "DONE", "DONE", "", "", 0, 0, steps, undo, "stage-run");
        return new ReleaseView(
                id,
                id.service(),
                id.version(),
                1,
                Phase.DONE,
                null,
                "",
                "",
                new Digests(image, image, image, image),
                "ci",
                Authors.NONE,
                List.of(stage),
                Map.of(),
                REQUESTED,
                ended);
    }
}
