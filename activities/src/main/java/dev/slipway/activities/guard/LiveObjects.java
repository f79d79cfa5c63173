package dev.slipway.activities.guard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.activities.kubernetes.ApiFailure;
import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;

/** The objects whose change means that the pods of a release are not what Helm applied. */
final class LiveObjects {
    private static final Map<String, ResourceDefinitionContext> KINDS = Map.of(
            "apps/v1/Deployment", context("apps", "Deployment", "deployments"),
            "apps/v1/StatefulSet", context("apps", "StatefulSet", "statefulsets"),
            "apps/v1/DaemonSet", context("apps", "DaemonSet", "daemonsets"),
            "v1/Service", context("", "Service", "services"),
            "v1/ConfigMap", context("", "ConfigMap", "configmaps"),
            "v1/Secret", context("", "Secret", "secrets"));

    private final KubernetesClient client;

    LiveObjects(KubernetesClient client) {
        this.client = client;
    }

    private static ResourceDefinitionContext context(String group, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion("v1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    /** Whether objects like this one are looked at. */
    boolean knows(JsonNode applied) {
        return KINDS.containsKey(key(applied));
    }

    /** The object as it is now, empty when it is not there. */
    Optional<JsonNode> find(HelmTarget target, JsonNode applied) {
        JsonNode metadata = applied.path("metadata");
        GenericKubernetesResource found = ApiFailure.classified(
                "reading " + ObjectGuard.name(applied) + " of " + target.namespace() + "/" + target.release(),
                () -> client.genericKubernetesResources(KINDS.get(key(applied)))
                        .inNamespace(metadata.path("namespace").asText(target.namespace()))
                        .withName(metadata.path("name").asText())
                        .get());
        return Optional.ofNullable(found).map(f -> Serialization.jsonMapper().valueToTree(f));
    }

    private static String key(JsonNode applied) {
        return applied.path("apiVersion").asText() + "/" + applied.path("kind").asText();
    }
}
