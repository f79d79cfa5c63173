package dev.slipway.workflows.stage;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Fact;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happened in a stage and its release has not been told yet. */
final class Diary {
    private final EnvironmentName environment;
    private final List<Fact> untold = new ArrayList<>();

    Diary(EnvironmentName environment) {
        this.environment = environment;
    }

    void write(Fact.Kind kind, String what, Map<String, String> details) {
        write(kind, what, details, List.of());
    }

    void write(Fact.Kind kind, String what, Map<String, String> details, List<Evidence> evidence) {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        untold.add(new Fact(now, Optional.of(environment), kind, what, details, evidence));
    }

    /** Everything since the last time. */
    List<Fact> take() {
        List<Fact> all = List.copyOf(untold);
        untold.clear();
        return all;
    }
}
