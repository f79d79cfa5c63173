package dev.slipway.activities.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kills, delays and repeats every activity of a release, one at a time, and looks at what becomes of it. */
class CrashSweepTest {
    private static final int LANES = 3;

    /** For mutants: one broken run is enough. */
    private static final boolean UNTIL_FIRST = Boolean.getBoolean("sweep.first");

    /** For work on one finding: a regular expression on {@code STORY / CUT / FAULT}. */
    private static final Pattern ONLY = Pattern.compile(System.getProperty("sweep.only", ""));

    /** One run that is to be made. */
    private record Task(Story story, Cut cut, Fault fault) {
        @Override
        public String toString() {
            return story + " / " + cut + " / " + fault;
        }
    }

    @Test
    // some minutes on two free processors, many more on a machine that is shared
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void whateverHappensToAnyCallEverythingIsNewOrAsBefore() throws Exception {
        Queue<Finding> findings = new ConcurrentLinkedQueue<>();
        Queue<Task> tasks = new ConcurrentLinkedQueue<>(tasks());
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                running.add(lanes.submit(() -> work(tasks, findings)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            lanes.shutdownNow();
        }
        SweepReport.write(findings);
        assertThat(findings).isNotEmpty();
        assertThat(findings.stream().filter(f -> !f.holds()).toList()).isEmpty();
    }

    private static List<Task> tasks() {
        List<Task> tasks = new ArrayList<>();
        try (Lane lane = new Lane()) {
            for (Story story : Story.values()) {
                List<Cut> cuts = lane.record(story);
                for (Cut cut : cuts.subList(story.parts(cuts), cuts.size())) {
                    Fault.at(cut).forEach(fault -> tasks.add(new Task(story, cut, fault)));
                }
            }
        }
        return tasks.stream().filter(t -> ONLY.matcher(t.toString()).find()).toList();
    }

    private static void work(Queue<Task> tasks, Queue<Finding> findings) {
        Lane lane = new Lane();
        try {
            for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
                Finding finding = lane.run(task.story(), task.cut(), task.fault());
                findings.add(finding);
                if (!finding.holds()) {
                    // a workflow that was terminated may hold the test server's clock
                    lane.close();
                    lane = new Lane();
                    if (UNTIL_FIRST) {
                        tasks.clear();
                    }
                }
            }
        } finally {
            lane.close();
        }
    }
}
