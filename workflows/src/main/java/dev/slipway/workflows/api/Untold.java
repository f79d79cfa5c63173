package dev.slipway.workflows.api;

import java.util.List;
import java.util.Optional;

/** What a release could not tell before it ended. */
public record Untold(List<RecordBatch> records, Optional<Announcement> announcement, List<Emission> emissions) {
    /** What was written before there were sinks has nothing for them. */
    public Untold {
        records = List.copyOf(records);
        emissions = emissions == null ? List.of() : List.copyOf(emissions);
    }

    /** Whether everything was told. */
    public boolean nothing() {
        return records.isEmpty() && announcement.isEmpty() && emissions.isEmpty();
    }
}
