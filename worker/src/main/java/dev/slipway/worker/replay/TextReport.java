package dev.slipway.worker.replay;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** A table for a person. */
final class TextReport implements Report {
    @Override
    public void write(List<Replayed> all, PrintWriter out) {
        if (!all.isEmpty()) {
            String line = "%-" + width(all, "WORKFLOW", r -> r.run().workflowId()) + "s  %-36s  %6s  %s%n";
            out.printf(line, "WORKFLOW", "RUN", "EVENTS", "REPLAY");
            all.forEach(r -> out.printf(
                    line,
                    r.run().workflowId(),
                    r.run().runId(),
                    r.events(),
                    r.problem().map(problem -> "FAILED: " + problem).orElse("ok")));
        }
        long failed = all.stream().filter(r -> r.problem().isPresent()).count();
        out.println(
                failed == 0
                        ? all.size() + " open, all of them replay: this build can go on with them"
                        : failed + " of " + all.size()
                                + " open do not replay: do not start this build, it would leave them"
                                + " standing; see docs/upgrade.md");
        out.flush();
    }

    private static int width(List<Replayed> all, String title, Function<Replayed, String> text) {
        ToIntFunction<Replayed> length = r -> text.apply(r).length();
        return Math.max(title.length(), all.stream().mapToInt(length).max().orElse(0));
    }
}
