package dev.slipway.pipeline;

import dev.slipway.model.Environment;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleasePlan;
import dev.slipway.model.StagePlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Joins a pipeline with the platform team's environments and policy. */
public final class PlanBuilder {
    private final List<Environment> environments;
    private final Policy policy;

    /** @param environments all of the platform's, in the order in which a version goes through them */
    public PlanBuilder(Collection<Environment> environments, Policy policy) {
        this.environments = List.copyOf(environments);
        this.policy = policy;
    }

    /** The plan, or every objection at the place of its stage in the file. */
    public Checked<ReleasePlan> build(Pipeline pipeline) {
        Problems problems = new Problems(pipeline.source().file());
        List<StagePlan> stages = new ArrayList<>();
        Set<EnvironmentName> passed = new HashSet<>();
        int last = -1;
        for (Pipeline.Stage stage : pipeline.stages()) {
            Optional<Environment> environment = find(stage, problems);
            if (environment.isPresent()) {
                int place = environments.indexOf(environment.get());
                order(stage, last, place, problems);
                if (environment.get().isProtected()) {
                    skipped(stage, passed, place, problems);
                    new PolicyCheck(policy, problems).check(stage);
                }
                last = Math.max(last, place);
                stages.add(plan(stage, environment.get()));
            }
            passed.add(stage.environment());
        }
        return problems.none() ? new Checked.Valid<>(plan(pipeline, stages)) : problems.invalid();
    }

    private Optional<Environment> find(Pipeline.Stage stage, Problems problems) {
        Optional<Environment> found = environments.stream()
                .filter(environment -> environment.name().equals(stage.environment()))
                .findFirst();
        if (found.isEmpty()) {
            problems.add(
                    stage.at(),
                    "unknown environment '" + stage.environment() + "'",
                    Suggestion.among(names(environments), stage.environment().value()));
        }
        return found;
    }

    private void order(Pipeline.Stage stage, int last, int place, Problems problems) {
        if (place < last) {
            problems.add(
                    stage.at(),
                    "'" + stage.environment() + "' comes before '"
                            + environments.get(last).name() + "' on this platform",
                    "the order is " + String.join(", ", names(environments)));
        }
    }

    private void skipped(Pipeline.Stage stage, Set<EnvironmentName> passed, int place, Problems problems) {
        List<String> missing = names(environments.subList(0, place).stream()
                .filter(environment -> !passed.contains(environment.name()))
                .toList());
        if (policy.allStagesBefore() && !missing.isEmpty()) {
            problems.add(
                    stage.at(),
                    "'" + stage.environment() + "' is protected and comes after " + String.join(", ", missing)
                            + ", which this file skips",
                    "add a stage for each before it");
        }
    }

    private static StagePlan plan(Pipeline.Stage stage, Environment environment) {
        return new StagePlan(environment, stage.bundledValues(), stage.before(), stage.rollout(), stage.after());
    }

    private static ReleasePlan plan(Pipeline pipeline, List<StagePlan> stages) {
        return new ReleasePlan(
                ReleasePlan.SEMANTICS,
                pipeline.service(),
                pipeline.owner(),
                pipeline.helmRelease(),
                pipeline.undoHooks(),
                pipeline.image(),
                pipeline.risk(),
                pipeline.traffic(),
                stages);
    }

    private static List<String> names(List<Environment> environments) {
        return environments.stream().map(e -> e.name().value()).toList();
    }
}
