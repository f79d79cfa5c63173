package dev.slipway.starter;

import dev.slipway.model.Authors;
import dev.slipway.model.Environment;
import dev.slipway.model.ReleasePlan;
import dev.slipway.pipeline.Bundle;
import dev.slipway.pipeline.BundleException;
import dev.slipway.pipeline.Checked;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Policy;
import dev.slipway.pipeline.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What a bundle would do here: its pipeline with this platform's environments and policy. */
@Component
class Plans {
    private final List<Environment> environments;
    private final Policy policy;

    Plans(StarterSettings settings) {
        this.environments = settings.resolved();
        this.policy = settings.policy().policy();
    }

    List<Environment> environments() {
        return environments;
    }

    Policy policy() {
        return policy;
    }

    /**
     * Reads an archive.
     *
     * @throws Refusal 400 malformed, with what is wrong with it
     */
    static Bundle bundle(byte[] archive) {
        try {
            return Bundle.read(archive);
        } catch (BundleException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }

    /** The plan, or everything that the file or the platform has against it. */
    Checked<ReleasePlan> plan(Pipeline pipeline) {
        return pipeline.toPlan(environments, policy);
    }

    /** The same, and what the platform has against it when nobody is named as its author. */
    Checked<ReleasePlan> plan(Pipeline pipeline, Authors authors) {
        Checked<ReleasePlan> plan = plan(pipeline);
        List<Problem> problems = Stream.concat(plan.problems().stream(), authorsMissing(pipeline, authors).stream())
                .toList();
        return problems.isEmpty() ? plan : new Checked.Invalid<>(problems);
    }

    /** What the platform has against it that wants to know who may not decide on it, when nobody is named; else empty. */
    Optional<Problem> authorsMissing(Pipeline pipeline, Authors authors) {
        if (!policy.authorsNamed() || !authors.none()) {
            return Optional.empty();
        }
        return pipeline.stages().stream()
                .filter(this::isProtected)
                .findFirst()
                .map(stage -> new Problem(
                        pipeline.source().file(),
                        stage.at().line(),
                        stage.at().column(),
                        "policy: '" + stage.environment() + "' is protected and needs to know who wrote what is"
                                + " released, so that they do not approve it",
                        "name them: slipway release --author WHO, or 'authors' of the request (docs/identity.md)"));
    }

    private boolean isProtected(Pipeline.Stage stage) {
        return environments.stream()
                .anyMatch(environment ->
                        environment.isProtected() && environment.name().equals(stage.environment()));
    }

    /**
     * The value of something checked.
     *
     * @throws Refusal 422 invalid-pipeline with all problems
     */
    static <T> T require(Checked<T> checked) {
        return checked.value().orElseThrow(() -> Refusal.invalidPipeline(checked.problems()));
    }
}
