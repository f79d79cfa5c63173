package dev.slipway.cli;

import dev.slipway.model.Digest;
import dev.slipway.model.Environment;
import dev.slipway.model.ReleasePlan;
import dev.slipway.model.StagePlan;
import dev.slipway.model.Version;
import dev.slipway.pipeline.FilePath;
import dev.slipway.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan on paper: each stage, its steps in words, and below each step what exactly rejects. */
final class PlanSheet {
    private static final String UNKNOWN_LIMIT = "the environment's start-up limit";

    private final Pipeline pipeline;
    private final Optional<ReleasePlan> checked;
    private final Sheet sheet;

    /**
     * @param checked as the server answered it, with its environments; absent offline
     */
    PlanSheet(Pipeline pipeline, Optional<ReleasePlan> checked, int width, boolean colours) {
        this.pipeline = pipeline;
        this.checked = checked;
        this.sheet = new Sheet(width, colours);
    }

    /** A stage's steps, for scripts. */
    record StageSteps(String environment, List<String> values, List<PlanWords.Step> steps) {}

    static List<StageSteps> steps(Pipeline pipeline, Optional<ReleasePlan> checked) {
        List<StageSteps> stages = new ArrayList<>();
        for (Pipeline.Stage stage : pipeline.stages()) {
            String startUp = environment(checked, stage)
                    .map(e -> Spans.exact(e.startUpLimit()))
                    .orElse(UNKNOWN_LIMIT);
            stages.add(new StageSteps(
                    stage.environment().value(),
                    stage.values().stream().map(FilePath::path).toList(),
                    PlanWords.of(stage.before(), stage.rollout(), stage.after(), pipeline.helmRelease(), startUp)));
        }
        return stages;
    }

    List<String> lines(Version version, String tag, String image, Digest bundle) {
        String path =
                pipeline.stages().stream().map(s -> s.environment().value()).collect(Collectors.joining(" -> "));
        sheet.line(new Sheet.Part(pipeline.service() + "@" + version, Ink.BOLD), Sheet.Part.of("  " + path));
        field("image", pipeline.image().repository() + ":" + tag);
        field("digest", image);
        field("chart", pipeline.chart().path() + ", bundle " + bundle);
        field("helm", "release " + pipeline.helmRelease() + (pipeline.undoHooks() ? ", an undo runs its hooks" : ""));
        pipeline.traffic().ifPresent(t -> field("traffic", "HTTPRoute " + t.route()));
        List<StageSteps> stages = steps(pipeline, checked);
        for (int i = 0; i < stages.size(); i++) {
            stage(stages.get(i), environment(checked, pipeline.stages().get(i)));
        }
        return sheet.lines();
    }

    private void field(String label, String text) {
        sheet.text(List.of(new Sheet.Part("  " + Sheet.pad(label, 9), Ink.FAINT)), text, Ink.PLAIN, "");
    }

    private void stage(StageSteps stage, Optional<Environment> environment) {
        sheet.line();
        String where = environment
                .map(e -> "  namespace " + e.namespace() + (e.isProtected() ? ", protected" : ""))
                .orElse("");
        sheet.line(new Sheet.Part(stage.environment(), Ink.BOLD), new Sheet.Part(where, Ink.FAINT));
        if (!stage.values().isEmpty()) {
            field("values", String.join(", ", stage.values()));
        }
        int names = stage.steps().stream()
                .mapToInt(s -> Sheet.columns(s.name()))
                .max()
                .orElse(0);
        for (int i = 0; i < stage.steps().size(); i++) {
            step(i + 1, stage.steps().get(i), names);
        }
    }

    private void step(int number, PlanWords.Step step, int names) {
        String head = String.format("  %2d. ", number) + Sheet.pad(step.name(), names + 2);
        sheet.text(List.of(Sheet.Part.of(head)), step.does(), Ink.PLAIN, "");
        String indent = " ".repeat(6 + names + 2);
        for (String reject : step.rejects()) {
            sheet.text(List.of(Sheet.Part.of(indent), new Sheet.Part("✖ ", Ink.BAD)), reject, Ink.FAINT, "");
        }
    }

    private static Optional<Environment> environment(Optional<ReleasePlan> checked, Pipeline.Stage stage) {
        return checked.flatMap(plan -> plan.stages().stream()
                .map(StagePlan::environment)
                .filter(e -> e.name().equals(stage.environment()))
                .findFirst());
    }
}
