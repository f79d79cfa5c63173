package dev.slipway.worker.replay;

import io.temporal.common.WorkflowExecutionHistory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Open workflows from memory: the test server cannot list. */
final class FakeRuns implements OpenRuns {
    private final Map<OpenRun, Optional<WorkflowExecutionHistory>> runs = new LinkedHashMap<>();

    FakeRuns with(String workflowId, WorkflowExecutionHistory history) {
        runs.put(new OpenRun(workflowId, "run-" + runs.size(), "Release"), Optional.of(history));
        return this;
    }

    /** One that was deleted after it was listed. */
    FakeRuns gone(String workflowId) {
        runs.put(new OpenRun(workflowId, "run-" + runs.size(), "Release"), Optional.empty());
        return this;
    }

    @Override
    public Stream<OpenRun> list() {
        return runs.keySet().stream();
    }

    @Override
    public Optional<WorkflowExecutionHistory> history(OpenRun run) {
        return runs.get(run);
    }
}
