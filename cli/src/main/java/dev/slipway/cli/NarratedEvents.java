package dev.slipway.cli;

import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One timestamped line per event; for logs. */
final class NarratedEvents implements Watcher {
    private final PrintStream stream;
    private final Clock clock;
    private @Nullable ReleaseView last;
    private String trouble = "";

    NarratedEvents(PrintStream stream, Clock clock) {
        this.stream = stream;
        this.clock = clock;
    }

    @Override
    public void saw(Snapshot snapshot) {
        if (!trouble.isEmpty()) {
            trouble = "";
            say("the server answers again");
        }
        ReleaseView now = remembered(snapshot.view());
        Changes.between(last, now).forEach(this::say);
        last = now;
    }

    @Override
    public void silent(String why) {
        if (!why.equals(trouble)) {
            trouble = why;
            say("asking again: " + why);
        }
    }

    /** While no worker answers, the server cannot tell the steps of a stage: those that were seen last still stand. */
    private ReleaseView remembered(ReleaseView now) {
        ReleaseView before = last;
        if (before == null || before.attempt() != now.attempt()) {
            return now;
        }
        List<StageView> stages = new ArrayList<>(now.stages());
        stages.replaceAll(stage -> !stage.steps().isEmpty()
                ? stage
                : before.stages().stream()
                        .filter(old -> old.environment().equals(stage.environment()))
                        .findFirst()
                        .orElse(stage));
        return now.with(stages, now.reason(), now.links());
    }

    private void say(String line) {
        stream.println(Spans.at(clock.instant()) + " " + SafeText.line(line));
    }
}
