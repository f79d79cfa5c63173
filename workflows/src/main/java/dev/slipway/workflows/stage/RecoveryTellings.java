package dev.slipway.workflows.stage;

import dev.slipway.model.Fact;
import dev.slipway.model.Recovery;
import dev.slipway.model.StageView;
import dev.slipway.workflows.api.RecoveryBatch;
import dev.slipway.workflows.api.RecoveryOrder;
import dev.slipway.workflows.api.Untold;
import dev.slipway.workflows.tell.Leftover;
import dev.slipway.workflows.tell.Listeners;
import dev.slipway.workflows.tell.Outbox;
import dev.slipway.workflows.undo.Stamp;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Brings what happens in a recovery to the records, once it is known whose stage is gone; never holds it up. */
final class RecoveryTellings {
    private final RecoveryOrder order;
    private final Supplier<StageView> view;
    private final List<Fact> early = new ArrayList<>();
    private final Outbox records = new Outbox(this::keep);
    private @Nullable Stamp gone;

    RecoveryTellings(RecoveryOrder order, Supplier<StageView> view) {
        this.order = order;
        this.view = view;
    }

    /**
     * Begins to tell, with who asked for what; from here on something may be touched.
     *
     * @param found what was left, a sentence each
     */
    void begin(Stamp stamp, List<String> found) {
        gone = stamp;
        records.add(List.of(requested(stamp, found)));
        records.add(early);
        records.begin();
    }

    void add(List<Fact> facts) {
        if (gone == null) {
            early.addAll(facts);
        } else {
            records.add(facts);
        }
    }

    /** What has not been heard when it is time to go is told by a workflow of its own: the slot must become free. */
    void end() {
        if (gone == null) {
            return;
        }
        records.end();
        if (!records.rest().isEmpty()) {
            Leftover.tell(
                    "what could not be told of a recovery in " + order.slot(),
                    Untold.of(batch(gone, records.first(), records.rest())));
        }
    }

    private void keep(long first, List<Fact> facts) {
        Stamp stamp = gone;
        if (stamp != null) {
            Listeners.records().appendRecovery(batch(stamp, first, facts));
        }
    }

    private RecoveryBatch batch(Stamp stamp, long first, List<Fact> facts) {
        StageView stage = view.get();
        return new RecoveryBatch(
                first,
                facts,
                new Recovery(
                        Workflow.getInfo().getRunId(),
                        stamp.release(),
                        stamp.attempt(),
                        stamp.stageRun(),
                        order.asked().by().subject(),
                        stage,
                        Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis()),
                        stage.outcome() == null ? null : now()));
    }

    private Fact requested(Stamp stamp, List<String> found) {
        return new Fact(
                now(),
                Optional.of(order.environment().name()),
                Fact.Kind.REQUESTED,
                order.asked()
                        .words("recovery of " + stamp.release() + " attempt " + stamp.attempt() + " in "
                                + order.environment().name() + " requested"),
                Map.of(
                        "by", order.asked().by().subject(),
                        "goneRun", stamp.stageRun(),
                        "found", String.join("; ", found)),
                List.of());
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
