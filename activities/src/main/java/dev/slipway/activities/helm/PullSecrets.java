package dev.slipway.activities.helm;

import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the Secrets are there that pods pull their images with: without one a pod starts only where its image lies already. */
final class PullSecrets {
    private final KubernetesClient client;
    private final HelmTarget target;

    PullSecrets(KubernetesClient client, HelmTarget target) {
        this.client = client;
        this.target = target;
    }

    /** Those that neither the cluster nor the chart has. */
    List<String> missing(Manifest manifest) {
        Set<String> rendered = manifest.objects().stream()
                .filter(o -> o.kind().equals("Secret"))
                .map(RenderedObject::name)
                .collect(Collectors.toSet());
        return manifest.objects().stream()
                .flatMap(o -> o.pullSecrets().stream()
                        .filter(name -> !rendered.contains(name) && !there(name))
                        .map(name -> o.id() + " pulls its images with Secret " + name + ", which is not in namespace "
                                + target.namespace()))
                .distinct()
                .toList();
    }

    private boolean there(String name) {
        return client.secrets().inNamespace(target.namespace()).withName(name).get() != null;
    }
}
