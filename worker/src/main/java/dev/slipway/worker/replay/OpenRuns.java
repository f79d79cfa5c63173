package dev.slipway.worker.replay;

import io.temporal.common.WorkflowExecutionHistory;
import java.util.Optional;
import java.util.stream.Stream;

/** The open workflows of a namespace. */
interface OpenRuns {
    /** In no order; read page by page while the stream is. */
    Stream<OpenRun> list();

    /** What has happened so far; empty when the run was deleted meanwhile. */
    Optional<WorkflowExecutionHistory> history(OpenRun run);
}
