package dev.slipway.worker.replay;

import dev.slipway.workflows.api.Payloads;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON document for a program. */
final class JsonReport implements Report {
    @Override
    public void write(List<Replayed> all, PrintWriter out) throws IOException {
        List<Line> runs = all.stream().map(Line::of).toList();
        long failed = runs.stream().filter(line -> !line.replays()).count();
        out.println(Payloads.mapper().writeValueAsString(new Answer(runs.size(), failed, runs)));
        out.flush();
    }

    /** The whole answer. */
    record Answer(int open, long failed, List<Line> runs) {}

    /** One workflow. */
    record Line(
            String workflow,
            String run,
            String type,
            int events,
            boolean replays,
            @Nullable String problem) {
        static Line of(Replayed r) {
            return new Line(
                    r.run().workflowId(),
                    r.run().runId(),
                    r.run().type(),
                    r.events(),
                    r.problem().isEmpty(),
                    r.problem().orElse(null));
        }
    }
}
