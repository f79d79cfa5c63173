package dev.slipway.workflows.api;

import java.util.List;
import java.util.Optional;

/** What a release could not tell before it ended. */
public record Untold(List<RecordBatch> records, Optional<Announcement> announcement) {
    public Untold {
        records = List.copyOf(records);
    }
}
