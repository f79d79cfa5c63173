package dev.slipway.starter;

import dev.slipway.model.Environment;
import dev.slipway.model.ReleasePlan;
import dev.slipway.pipeline.Bundle;
import dev.slipway.pipeline.BundleException;
import dev.slipway.pipeline.Checked;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.Policy;
import java.util.List;
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

    /**
     * The value of something checked.
     *
     * @throws Refusal 422 invalid-pipeline with all problems
     */
    static <T> T require(Checked<T> checked) {
        return checked.value().orElseThrow(() -> Refusal.invalidPipeline(checked.problems()));
    }
}
