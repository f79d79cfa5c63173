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
    /** While one lock of its clock is held the test server keeps all, and each costs as many steps as there are: half an hour for all runs on one. */
    private static final int RUNS_PER_SERVER = 10;

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
        int runs = 0;
        try {
            for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
                // a workflow that was terminated may hold the test server's clock, too
                if (runs >= RUNS_PER_SERVER) {
                    lane.close();
                    lane = new Lane();
                    runs = 0;
                }
                Finding finding = lane.run(task.story(), task.cut(), task.fault());
                findings.add(finding);
                runs = finding.holds() ? runs + 1 : RUNS_PER_SERVER;
                if (UNTIL_FIRST && !finding.holds()) {
                    tasks.clear();
                }
            }
        } finally {
            lane.close();
        }
    }
}
