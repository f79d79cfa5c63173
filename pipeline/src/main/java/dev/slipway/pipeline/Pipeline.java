package dev.slipway.pipeline;

import dev.slipway.model.Environment;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Gate;
import dev.slipway.model.ImagePlan;
import dev.slipway.model.Owner;
import dev.slipway.model.ReleasePlan;
import dev.slipway.model.Risk;
import dev.slipway.model.Rollout;
import dev.slipway.model.ServiceName;
import dev.slipway.model.TrafficPlan;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a service's release.yaml says, checked as far as the file alone can tell, with all defaults written out. Its
 * environments are names only; {@link #toPlan} resolves them.
 *
 * @param chart the folder of the Helm chart
 * @param helmRelease name of the Helm release of stable
 * @param undoHooks whether the chart's hooks run when a release is put back
 * @param risk how often its ramps and soaks together may be wrong
 */
public record Pipeline(
        Source source,
        ServiceName service,
        Owner owner,
        FilePath chart,
        ImagePlan image,
        String helmRelease,
        boolean undoHooks,
        Risk risk,
        Optional<TrafficPlan> traffic,
        List<Stage> stages) {
    public Pipeline {
        stages = List.copyOf(stages);
    }

    /**
     * One stage of the file; the SLOs in its gates have the environment's own limits.
     *
     * @param at where the environment is named
     * @param values values files, later ones win
     */
    public record Stage(
            EnvironmentName environment,
            Position at,
            List<FilePath> values,
            List<Gate> before,
            Rollout rollout,
            List<Gate> after) {
        public Stage {
            values = List.copyOf(values);
            before = List.copyOf(before);
            after = List.copyOf(after);
        }

        /** Where its values files are inside the bundle, later ones win. */
        public List<String> bundledValues() {
            return values.stream().map(file -> Bundle.valuesPath(file.path())).toList();
        }
    }

    /**
     * The plan of a release, or what the platform team's configuration has against it.
     *
     * @param environments all of the platform's, in the order in which a version goes through them
     */
    public Checked<ReleasePlan> toPlan(Collection<Environment> environments, Policy policy) {
        return new PlanBuilder(environments, policy).build(this);
    }
}
