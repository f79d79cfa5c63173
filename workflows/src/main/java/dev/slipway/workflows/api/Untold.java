package dev.slipway.workflows.api;

import java.util.List;
import java.util.Optional;

/** What a release or a recovery could not tell before it ended. */
public record Untold(
        List<RecordBatch> records,
        Optional<Announcement> announcement,
        List<Emission> emissions,
        List<RecoveryBatch> recoveries) {
    /** What was written before there were sinks, or recoveries on record, has nothing for them. */
    public Untold {
        records = List.copyOf(records);
        emissions = emissions == null ? List.of() : List.copyOf(emissions);
        recoveries = recoveries == null ? List.of() : List.copyOf(recoveries);
    }

    /** Of a recovery. */
    public static Untold of(RecoveryBatch recovery) {
        return new Untold(List.of(), Optional.empty(), List.of(), List.of(recovery));
    }

    /** Whether everything was told. */
    public boolean nothing() {
        return records.isEmpty() && announcement.isEmpty() && emissions.isEmpty() && recoveries.isEmpty();
    }
}
