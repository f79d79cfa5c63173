package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Actor;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.UndoView;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseResult;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import dev.slipway.workflows.testing.Turnstile;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stop meets: a call that runs, an undo that runs, an undo that fails (T4, T5, T6 of the failure matrix). */
class CancelTest {
    private static final Said ENOUGH = new Said(new Actor("approver-1", Set.of("deployers")), "enough");

    private final Scenario slipway = new Scenario("production");

    @AfterEach
    void close() {
        slipway.close();
    }

    @Test
    void theUndoBeginsWhenTheHelmThatRunsHasEnded() {
        Turnstile.Held helm = slipway.turnstile.hold("Helm_Apply");
        ReleaseOrder order = canary();
        helm.awaitArrival();

        slipway.release(order).abort(ENOUGH);
        Scenario.await(
                "the cancel is asked for",
                () -> stage().anyMatch(HistoryEvent::hasActivityTaskCancelRequestedEventAttributes));
        List<String> whileItRuns = activities();
        helm.letPass();

        assertThat(slipway.end(order).outcome().word()).isEqualTo("ABORTED");
        assertThat(whileItRuns).endsWith("Helm_Apply");
        assertThat(slipway.clusterHistory())
                .containsExactly(
                        "production: helm upgrade podinfo-canary 2.0.0", "production: helm uninstall podinfo-canary");
    }

    @Test
    void aCancelDuringTheUndoDoesNotStopTheUndo() {
        slipway.watch.then(Verdict.failed("errors"));
        Turnstile.Held undo = slipway.turnstile.hold("Helm_Restore");
        ReleaseOrder order = canary();
        undo.awaitArrival();

        slipway.cancel(order);
        slipway.release(order).abort(ENOUGH);
        assertThatThrownBy(() -> slipway.release(order).abort(ENOUGH))
                .rootCause()
                .hasMessageContaining("already");
        undo.letPass();
        ReleaseView view = slipway.awaitRelease(order, "DONE");

        assertThat(view.stages().get(0).outcome()).isEqualTo("ROLLED_BACK");
        assertThat(slipway.clusterHistory())
                .endsWith("production: route restored", "production: helm uninstall podinfo-canary");
        assertThat(slipway.cluster.claim("production")).isEmpty();
    }

    @Test
    void aPartOfTheUndoThatFailsKeepsNoOtherPartFromBeingPutBack() {
        slipway.watch.then(Verdict.failed("errors"));
        slipway.turnstile.fail("Helm_Restore", FailureType.FORBIDDEN.failure("uninstall is not allowed"));
        ReleaseOrder order = canary();

        StageView stuck = slipway.awaitPhase(order, "production", "STUCK");
        int weight = slipway.cluster.backends("production").size();
        slipway.stage(order, "production").retryUndo(ENOUGH);

        assertThat(stuck.undo())
                .extracting(UndoView::resource, UndoView::state)
                .as("%s", stuck.undo())
                .hasSize(2);
        assertThat(stuck.reason())
                .contains("CANARY is not back (uninstall is not allowed)")
                .doesNotContain("ROUTE is");
        assertThat(weight).as("the route has stable alone again").isEqualTo(1);
        ReleaseResult result = slipway.end(order);
        assertThat(result.outcome().word()).isEqualTo("ROLLED_BACK");
        assertThat(result.view().stages().get(0).undo())
                .allSatisfy(part -> assertThat(part.endedAt()).isAfterOrEqualTo(part.startedAt()));
    }

    private ReleaseOrder canary() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        return slipway.start("2.0.0", Plans.canary("production", List.of(), 5));
    }

    private Stream<HistoryEvent> stage() {
        return slipway.history("podinfo:production").getEvents().stream();
    }

    private List<String> activities() {
        return stage().filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
                .map(event -> event.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName())
                .toList();
    }
}
