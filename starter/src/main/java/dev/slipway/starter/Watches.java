package dev.slipway.starter;

import dev.slipway.model.Evidence;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.model.analysis.Progress;
import dev.slipway.workflows.api.WatchState;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DataConverter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** How far the watch of an open stage is, from its last heartbeat: Temporal has it, so it costs the workflow no event. */
@Component
class Watches {
    private static final String ACTIVITIES = "Watch_";
    private static final Set<String> WATCHED = Set.of("ramp", "soak");

    private final WorkflowClient client;
    private final Temporal temporal;

    Watches(WorkflowClient client, Temporal temporal) {
        this.client = client;
        this.temporal = temporal;
    }

    /** The stage with what is known of the ramp or soak that runs; unchanged when none does. */
    StageView with(StageView stage, String workflow, Optional<String> run) {
        boolean watched = stage.steps().stream().anyMatch(Watches::watched);
        Optional<Progress> progress = watched ? progress(workflow, run) : Optional.empty();
        return progress.map(told -> told(stage, told)).orElse(stage);
    }

    private static boolean watched(StepView step) {
        return step.state().equals("RUNNING") && WATCHED.contains(step.kind());
    }

    private Optional<Progress> progress(String workflow, Optional<String> run) {
        WorkflowStub stub = client.newUntypedWorkflowStub(workflow, run, Optional.empty());
        DataConverter converter = client.getOptions().getDataConverter();
        return temporal.ask(stub::describe).getRawDescription().getPendingActivitiesList().stream()
                .filter(activity -> activity.getActivityType().getName().startsWith(ACTIVITIES))
                .filter(PendingActivityInfo::hasHeartbeatDetails)
                .map(activity -> state(converter, activity.getHeartbeatDetails()))
                .flatMap(state -> state.progress().stream())
                .findFirst();
    }

    private static WatchState state(DataConverter converter, Payloads details) {
        return converter.fromPayloads(0, Optional.of(details), WatchState.class, WatchState.class);
    }

    private static StageView told(StageView stage, Progress progress) {
        return stage.with(stage.steps().stream()
                .map(step -> watched(step) ? told(step, progress) : step)
                .toList());
    }

    private static StepView told(StepView step, Progress progress) {
        List<Evidence> evidence = new ArrayList<>(step.evidence());
        evidence.add(Evidence.of(step.kind().equals("soak") ? "earned" : "watched", progress.words()));
        progress.missing().forEach(missing -> evidence.add(Evidence.of("missing", missing)));
        return new StepView(
                step.name(),
                step.kind(),
                step.state(),
                step.verdict(),
                step.reason(),
                evidence,
                step.startedAt(),
                step.endedAt());
    }
}
