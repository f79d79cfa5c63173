package dev.slipway.workflows.release;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Measured;
import dev.slipway.model.Outcome;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.SlotId;
import dev.slipway.model.StageView;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.SearchAttributes;
import dev.slipway.workflows.api.StageNote;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people see of a release: its view, the table in the Temporal UI and its search attributes. */
final class Overview {
    private final ReleaseOrder order;
    private final List<StageView> stages = new ArrayList<>();
    private final Instant startedAt = now();
    private Phase phase = Phase.RUNNING;
    private String reason = "";
    private String waitingFor = "";
    private @Nullable String outcome;
    private @Nullable Instant endedAt;

    Overview(ReleaseOrder order) {
        this.order = order;
        order.plan()
                .stages()
                .forEach(s -> stages.add(StageView.pending(s.environment().name())));
    }

    void queued(SlotId slot, String reason) {
        update(Phase.QUEUED, "slot " + slot, reason);
    }

    /** A stage moved on; a note that comes after the stage's end says nothing new. */
    void moved(StageNote note) {
        boolean closed =
                stages.stream().anyMatch(s -> s.environment().equals(note.environment()) && s.outcome() != null);
        if (closed) {
            return;
        }
        stages.replaceAll(old -> old.environment().equals(note.environment())
                ? new StageView(
                        note.environment(),
                        note.phase().name(),
                        null,
                        note.reason(),
                        note.waitingFor(),
                        old.want(),
                        old.actual(),
                        note.steps().isEmpty() ? old.steps() : note.steps(),
                        old.undo(),
                        note.stageRun())
                : old);
        update(note.phase(), note.waitingFor(), note.reason());
    }

    /** How long the deployments of the stages that are over took. */
    List<Measured> measured() {
        return stages.stream()
                .filter(stage -> stage.outcome() != null)
                .flatMap(stage -> stage.deployments().stream())
                .toList();
    }

    void closed(StageView view) {
        stages.replaceAll(old -> old.environment().equals(view.environment()) ? view : old);
        update(Phase.RUNNING, "", "");
    }

    /** A stage was closed from outside, so it has no last view of its own. */
    void lost(EnvironmentName environment, Outcome ended) {
        stages.stream()
                .filter(s -> s.environment().equals(environment))
                .findFirst()
                .ifPresent(s -> closed(s.ended(ended.word(), ended.reason())));
    }

    void end(Outcome ended) {
        outcome = ended.word();
        endedAt = now();
        phase = Phase.DONE;
        waitingFor = "";
        reason = ended.reason();
        Workflow.upsertTypedSearchAttributes(
                SearchAttributes.PHASE.valueSet(phase.name()),
                SearchAttributes.WAITING_FOR.valueUnset(),
                SearchAttributes.OUTCOME.valueSet(ended.word()));
        publish();
    }

    ReleaseView view() {
        return new ReleaseView(
                order.release(),
                order.release().service(),
                order.release().version(),
                order.attempt(),
                phase,
                outcome,
                reason,
                waitingFor,
                order.digests(),
                order.requestedBy().subject(),
                order.authors(),
                stages,
                Map.of(),
                startedAt,
                endedAt);
    }

    private void update(Phase next, String nextWaitingFor, String nextReason) {
        boolean moved = next != phase || !nextWaitingFor.equals(waitingFor);
        phase = next;
        waitingFor = nextWaitingFor;
        reason = nextReason;
        if (moved) {
            Workflow.upsertTypedSearchAttributes(SearchAttributes.moved(phase, waitingFor));
        }
        publish();
    }

    private void publish() {
        Workflow.setCurrentDetails(OverviewTable.markdown(view()));
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
