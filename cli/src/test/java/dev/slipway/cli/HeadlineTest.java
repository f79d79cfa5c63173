package dev.slipway.cli;

import static dev.slipway.cli.Views.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.Resource;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.model.UndoView;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeadlineTest {
    private static final String CHANGE = "Deployment podinfo was changed by kubectl-set";

    @Test
    void anotherReasonForTheStopIsNotLost() {
        StepView ramp = step("ramp 5%", "ramp", "FAILED", "FAILED", "errors", 43, 5);

        Link head = first("INTERFERED", "STABLE: " + CHANGE + " (stopped because: ramp 5%: errors)", ramp);

        assertThat(head.why()).isEqualTo("STABLE: " + CHANGE + " (stopped because: ramp 5%: errors)");
    }

    @Test
    void whoAbortedAHoldIsTold() {
        StepView held = step("ramp 5%", "ramp", "HOLDING", "INCONCLUSIVE", "undecided", 43, 5);

        assertThat(first("ABORTED", "aborted by approver-1: nobody uses it", held)
                        .why())
                .isEqualTo("aborted by approver-1: nobody uses it");
    }

    @Test
    void howLongAnUndoTookIsNotHowLongTheHoldBeforeItWas() {
        StepView held = step("ramp 5%", "ramp", "HOLDING", "INCONCLUSIVE", "undecided", 43, 5);

        Link undo = chain("ABORTED", "aborted by approver-1", held).get(2);

        assertThat(undo.what()).isEqualTo("production was put back as it was, each part read back, within 4s");
        assertThat(undo.when()).isEqualTo(Views.START.plusSeconds(504));
    }

    @Test
    void theWatchBesideAWaitIsNotTheStepsVerdict() {
        StepView approve = step("approve", "approve", "STOPPED", null, "safety watch: errors: 20 % of 40", 43, 5);

        List<Link> chain = chain("ROLLED_BACK", "safety watch: errors: 20 % of 40", approve);

        assertThat(chain.get(0).why()).isEqualTo("safety watch: errors: 20 % of 40");
        assertThat(chain.get(1).why()).isEqualTo("it had not decided yet");
    }

    @Test
    void anActionThatFailsSaysNothingOfTheVersion() {
        StepView rolling = step("rolling", "rolling", "FAILED", "FAILED", "helm: timeout", 3, 5);

        assertThat(first("ROLLED_BACK", "rolling: helm: timeout", rolling).why())
                .isEqualTo("rolling did not succeed");
    }

    @Test
    void theStepThatFailedLastDecidesNotOneThatWasHeldBefore() {
        StepView again = step("ramp 5%", "ramp", "FAILED", "FAILED", "errors", 300, 5, Evidence.of("errors", "20 %"));
        StepView before = step("ramp 25%", "ramp", "HOLDING", "INCONCLUSIVE", "blind", 200, 60);

        assertThat(chain("ROLLED_BACK", "ramp 5%: errors", before, again).get(1).what())
                .isEqualTo("ramp 5% in production failed after 5s");
    }

    @Test
    void anOpenGateIsNamed() {
        List<String> lines = Explanation.lines(Views.atApproval(), Views.NOW, 100, false);

        assertThat(lines.get(0)).endsWith("podinfo@6.9.2 needs a decision at production/approve");
        assertThat(lines)
                .contains("2026-11-21T09:01:52Z  ◌ approve in production began, and has waited for 8m08s")
                .contains("    next     slipway approve podinfo@6.9.2 --gate production/approve");
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void everyPhaseIsASentence(Phase phase) {
        ReleaseView view = Views.release(phase, "technical trouble", "helm is locked", Views.ramping(5, 0));

        String line = Explanation.lines(view, Views.NOW, 100, false).get(0);

        assertThat(line)
                .matches(".{22}. podinfo@6\\.9\\.2 [a-z].* production.*")
                .doesNotContain("for technical trouble");
    }

    private static Link first(String outcome, String reason, StepView step) {
        return chain(outcome, reason, step).get(0);
    }

    private static List<Link> chain(String outcome, String reason, StepView... steps) {
        List<UndoView> undo =
                List.of(Views.undo(Resource.STABLE, "RESTORED", "revision 3 is revision 1 again", 500, 4));
        StageView stage = new StageView(
                new EnvironmentName("production"), "DONE", outcome, reason, "", 0, 0, List.of(steps), undo, "run");
        return Chain.of(Views.ended(outcome, reason, stage), Views.NOW);
    }
}
