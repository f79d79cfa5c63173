package dev.slipway.workflows.api;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.SlotId;

/** What the line of a slot tells a release that is in it; the last one counts. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SlotNote.Yours.class, name = "yours"),
    @JsonSubTypes.Type(value = SlotNote.Waits.class, name = "waits"),
    @JsonSubTypes.Type(value = SlotNote.Superseded.class, name = "superseded")
})
public sealed interface SlotNote {
    SlotId slot();

    /** It is this release's turn. */
    record Yours(SlotId slot) implements SlotNote {}

    /**
     * Others are first.
     *
     * @param line run of the workflow that keeps the line; when it is closed the place is gone
     * @param reason its place in the line and whom it waits for, in a sentence
     */
    record Waits(SlotId slot, String line, String reason) implements SlotNote {}

    /** A newer release takes the slot: undo and leave. */
    record Superseded(SlotId slot, ReleaseId by) implements SlotNote {}
}
