package dev.slipway.activities.helm;

import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;

/** Whether a CronJob that a soak names will be there when the soak begins, and never runs by itself. */
final class LoadSource {
    private static final String OWNER = "meta.helm.sh/release-name";
    private static final String SCHEDULED =
            " is not suspended, so it would send requests by its own schedule as well; set spec.suspend: true";

    private final KubernetesClient client;
    private final HelmTarget target;
    private final String name;

    LoadSource(KubernetesClient client, HelmTarget target, String name) {
        this.client = client;
        this.target = target;
        this.name = name;
    }

    /** @param manifest of the new version: what it renders counts, otherwise what the cluster has */
    Optional<String> objection(Manifest manifest) {
        Optional<RenderedObject> rendered = manifest.deployed().stream()
                .filter(object ->
                        object.kind().equals("CronJob") && object.name().equals(name) && !object.isHook())
                .findFirst();
        if (rendered.isEmpty()) {
            return inCluster();
        }
        return rendered.get().suspended() ? Optional.empty() : Optional.of(words() + " in the chart" + SCHEDULED);
    }

    private Optional<String> inCluster() {
        CronJob there = client.batch()
                .v1()
                .cronjobs()
                .inNamespace(target.namespace())
                .withName(name)
                .get();
        if (there == null) {
            return Optional.of(words() + " is neither in the chart nor in namespace " + target.namespace()
                    + "; let the chart render it with suspend: true (perhaps it is behind a value), or have the platform"
                    + " team create it");
        }
        if (target.release().equals(annotations(there).get(OWNER))) {
            return Optional.of(words() + " is no longer in the chart, so the upgrade takes it away from namespace "
                    + target.namespace() + "; render it again, or take 'load' out of the soak");
        }
        return Boolean.TRUE.equals(there.getSpec().getSuspend())
                ? Optional.empty()
                : Optional.of(words() + " in namespace " + target.namespace() + SCHEDULED);
    }

    private String words() {
        return "CronJob " + name + ", which a soak names as its load,";
    }

    private static Map<String, String> annotations(CronJob job) {
        Map<String, String> found = job.getMetadata().getAnnotations();
        return found == null ? Map.of() : found;
    }
}
