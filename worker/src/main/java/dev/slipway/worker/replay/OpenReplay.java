package dev.slipway.worker.replay;

import io.temporal.common.WorkflowExecutionHistory;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Replays all that is open, one history at a time: what is kept of each is its line in the report. */
final class OpenReplay {
    private static final int SAY_EVERY = 20;

    private final OpenRuns runs;
    private final Function<WorkflowExecutionHistory, Optional<String>> problem;
    private final PrintWriter progress;

    OpenReplay(OpenRuns runs, Function<WorkflowExecutionHistory, Optional<String>> problem, PrintWriter progress) {
        this.runs = runs;
        this.problem = problem;
        this.progress = progress;
    }

    /** What became of each, those that fail first. */
    List<Replayed> run() {
        List<Replayed> all = new ArrayList<>();
        try (Stream<OpenRun> open = runs.list()) {
            open.forEach(run -> runs.history(run).ifPresent(history -> {
                Replayed replayed = new Replayed(run, history.getEvents().size(), problem.apply(history));
                all.add(replayed);
                say(all.size(), replayed);
            }));
        }
        all.sort((a, b) -> Boolean.compare(b.problem().isPresent(), a.problem().isPresent()));
        return all;
    }

    private void say(int count, Replayed last) {
        if (last.problem().isPresent() || count % SAY_EVERY == 0) {
            progress.println(count + " replayed; " + last.run().workflowId()
                    + last.problem().map(why -> " FAILED: " + why).orElse(" ok"));
            progress.flush();
        }
    }
}
