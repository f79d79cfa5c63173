package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Difference;
import dev.slipway.model.Digests;
import dev.slipway.model.Evidence;
import dev.slipway.model.Fact;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StagePlan;
import dev.slipway.model.StageView;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people are shown when they are asked is with the question, on record, and never a reason not to ask. */
class OnTheTableTest {
    private static final Difference DIFFERENCE = new Difference(
                    "podinfo@1.0.0 (revision 1, chart podinfo-1)",
                    "1 value and 1 object (0 new, 0 gone, 1 changed)",
                    List.of("Deployment/podinfo: hostNetwork"),
                    List.of("image.tag: \"1.0.0\" -> \"2.0.0\""),
                    List.of("Deployment/podinfo changed, +1 -1"),
                    "=== Deployment/podinfo changed, +1 -1\n-1.0.0\n+2.0.0",
                    Optional.empty(),
                    "")
            .kept(Digests.sha256("whole".getBytes(StandardCharsets.UTF_8)), "");

    private static final String COMMAND = "slipway diff podinfo@2.0.0 --environment production";

    private static StagePlan asking(String environment) {
        StagePlan rolling = Plans.rolling(environment);
        return new StagePlan(
                rolling.environment(),
                rolling.valuesFiles(),
                List.of(Plans.approve(1)),
                rolling.rollout(),
                rolling.after());
    }

    private static Scenario running(String... environments) {
        Scenario slipway = new Scenario(environments);
        for (String environment : environments) {
            slipway.cluster.running(environment, "podinfo", "1.0.0");
        }
        return slipway;
    }

    @Test
    void theQuestionNamesTheDigestsAndTheDiffAndBothStayOnRecord() {
        try (Scenario slipway = running("production")) {
            slipway.cluster.differing(DIFFERENCE);
            ReleaseOrder order = slipway.start("2.0.0", asking("production"));
            List<Evidence> shown = shown(slipway.awaitPhase(order, "production", "WAITING"));
            approve(slipway, order, "production");
            ReleaseView end = slipway.end(order).view();

            assertThat(shown).containsAll(DIFFERENCE.evidence(COMMAND));
            assertThat(shown(end.stages().get(0))).as("it stays with the step").isEqualTo(shown);
            String bound = order.digests().fingerprint().value();
            assertThat(slipway.records.of(Fact.Kind.ASKED)).singleElement().satisfies(fact -> {
                assertThat(fact.details())
                        .containsEntry("diff", DIFFERENCE.digest().orElseThrow().value())
                        .containsEntry("fingerprint", bound);
                assertThat(fact.evidence()).isEqualTo(shown);
            });
            assertThat(slipway.records.of(Fact.Kind.DECIDED))
                    .as("the vote is for what was asked")
                    .singleElement()
                    .satisfies(fact -> assertThat(fact.details()).containsEntry("fingerprint", bound));
        }
    }

    @Test
    void theChannelIsToldWhatIsShown() {
        try (Scenario slipway = running("production")) {
            slipway.cluster.differing(DIFFERENCE);
            ReleaseOrder order = slipway.start("2.0.0", asking("production"));
            slipway.awaitPhase(order, "production", "WAITING");
            approve(slipway, order, "production");
            slipway.end(order);

            assertThat(slipway.channel.heard())
                    .filteredOn(told -> told.news().stream().anyMatch(fact -> fact.kind() == Fact.Kind.ASKED))
                    .isNotEmpty()
                    .allSatisfy(told ->
                            assertThat(shown(told.view().stages().get(0))).containsAll(DIFFERENCE.evidence(COMMAND)));
        }
    }

    @Test
    void aClusterThatDoesNotAnswerIsNoReasonNotToAsk() {
        try (Scenario slipway = running("production")) {
            slipway.cluster.differing(null);
            ReleaseOrder order = slipway.start("2.0.0", asking("production"));

            StageView waiting = slipway.awaitPhase(order, "production", "WAITING");

            assertThat(slipway.cluster.comparisons()).isEqualTo(3);
            assertThat(shown(waiting))
                    .contains(Evidence.of(Difference.CHANGES, "not available: no route to the API server"));
            approve(slipway, order, "production");
            assertThat(slipway.end(order).outcome().word()).isEqualTo("PROMOTED");
            assertThat(slipway.records.of(Fact.Kind.ASKED))
                    .singleElement()
                    .satisfies(fact -> assertThat(fact.details()).doesNotContainKey("diff"));
        }
    }

    @Test
    void anUndoTakesAsLongAsWasMeasuredAndOtherwiseNobodyKnows() {
        try (Scenario slipway = running("staging", "production")) {
            ReleaseOrder order = slipway.start("2.0.0", asking("staging"), asking("production"));
            assertThat(undo(slipway.awaitPhase(order, "staging", "WAITING")))
                    .startsWith("a time that was not measured")
                    .contains("within 10m (start-up limit of staging)");

            approve(slipway, order, "staging");

            assertThat(undo(slipway.awaitPhase(order, "production", "WAITING")))
                    .startsWith("about ")
                    .contains("the slowest deployment of this release so far, rolling in staging, took that");
        }
    }

    @Test
    void whereNothingRunsAnUndoIsNoDeployment() {
        try (Scenario slipway = new Scenario("production")) {
            ReleaseOrder order = slipway.start("2.0.0", asking("production"));

            assertThat(undo(slipway.awaitPhase(order, "production", "WAITING"))).contains("an undo uninstalls it");
        }
    }

    @Test
    void afterTheRolloutWhatWasThereBeforeIsComparedWith() {
        try (Scenario slipway = running("production")) {
            ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("production", Plans.approve(1)));

            assertThat(shown(slipway.awaitPhase(order, "production", "WAITING")))
                    .as("the new version is deployed already")
                    .contains(Evidence.of(Difference.VALUE, "image.tag: 1.0.0 -> 2.0.0"));
        }
    }

    private static void approve(Scenario slipway, ReleaseOrder order, String environment) {
        slipway.stage(order, environment)
                .decide(slipway.vote(order, environment + "/approve", "approver-1", Decision.Choice.APPROVE));
    }

    private static List<Evidence> shown(StageView stage) {
        return stage.steps().stream()
                .filter(step -> step.kind().equals("approve"))
                .flatMap(step -> step.evidence().stream())
                .toList();
    }

    private static String undo(StageView stage) {
        return shown(stage).stream()
                .filter(one -> one.name().equals("undo"))
                .map(Evidence::detail)
                .findFirst()
                .orElseThrow();
    }
}
