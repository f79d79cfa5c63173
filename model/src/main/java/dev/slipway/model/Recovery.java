package dev.slipway.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody had put back for a stage that was gone, as it stays known.
 *
 * @param runId run of the recovery's workflow
 * @param release whose stage is gone
 * @param attempt of that release
 * @param goneRun run of the stage that is gone
 * @param requestedBy who asked for the recovery
 * @param stage environment, state, outcome, and the undo of each resource
 * @param endedAt null while it goes on
 */
public record Recovery(
        String runId,
        ReleaseId release,
        int attempt,
        String goneRun,
        String requestedBy,
        StageView stage,
        Instant startedAt,
        @Nullable Instant endedAt) {}
