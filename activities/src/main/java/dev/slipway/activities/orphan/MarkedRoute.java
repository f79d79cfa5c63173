package dev.slipway.activities.orphan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.activities.kubernetes.ApiFailure;
import dev.slipway.model.Backend;
import dev.slipway.model.BackendWeight;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An HTTPRoute that carries our mark.
 *
 * @param backends of its first rule
 */
record MarkedRoute(String name, Marks mark, long epoch, List<BackendWeight> backends) {
    private static final ResourceDefinitionContext HTTP_ROUTE = new ResourceDefinitionContext.Builder()
            .withGroup("gateway.networking.k8s.io")
            .withVersion("v1")
            .withKind("HTTPRoute")
            .withPlural("httproutes")
            .withNamespaced(true)
            .build();
    private static final String CANARY = "-canary";

    /** Every route of the namespace that was ever ours. */
    static List<MarkedRoute> all(KubernetesClient client, String namespace) {
        return ApiFailure.classified(
                "reading the HTTPRoutes of " + namespace,
                () -> client.genericKubernetesResources(HTTP_ROUTE).inNamespace(namespace).list().getItems().stream()
                        .flatMap(route -> of(Serialization.jsonMapper().valueToTree(route)).stream())
                        .toList());
    }

    private static Optional<MarkedRoute> of(JsonNode route) {
        JsonNode metadata = route.path("metadata");
        JsonNode annotations = metadata.path("annotations");
        return Marks.ofRoute(annotations.path("slipway.dev/release").asText(""))
                .map(mark -> new MarkedRoute(
                        metadata.path("name").asText(),
                        mark,
                        annotations.path("slipway.dev/epoch").asLong(0),
                        backends(route.path("spec").path("rules").path(0).path("backendRefs"))));
    }

    private static List<BackendWeight> backends(JsonNode refs) {
        List<BackendWeight> backends = new ArrayList<>();
        refs.forEach(ref -> backends.add(new BackendWeight(
                new Backend(ref.path("name").asText(), ref.path("port").asInt()),
                ref.path("weight").asInt(1))));
        return backends;
    }

    /** The backend of a canary, by the name that the chart contract gives it; only while one is there. */
    Optional<BackendWeight> canary() {
        return backends.stream()
                .filter(b -> b.backend().service().contains(CANARY))
                .findFirst();
    }

    /** The other backend, when there is exactly one. */
    Optional<BackendWeight> stable() {
        List<BackendWeight> others = backends.stream()
                .filter(b -> !b.backend().service().contains(CANARY))
                .toList();
        return others.size() == 1 ? Optional.of(others.get(0)) : Optional.empty();
    }

    String words() {
        String weights = String.join(
                ",", backends.stream().map(b -> b.backend() + "=" + b.weight()).toList());
        return "HTTPRoute " + name + " still has a canary: " + weights + " (epoch " + epoch + ")";
    }
}
