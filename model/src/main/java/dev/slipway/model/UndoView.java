package dev.slipway.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the undo ledger as people see it.
 *
 * @param state OPEN until an undo, then the word of its {@link UndoResult}
 * @param startedAt when its undo began, null before; a new try begins anew
 * @param endedAt when it was read back, or could not be put back; null until then
 */
public record UndoView(
        Resource resource,
        String state,
        String detail,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    /** What an undo would put back; none has begun. */
    public static UndoView open(Resource resource) {
        return new UndoView(resource, "OPEN", "", null, null);
    }
}
