package dev.slipway.activities.helm;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which kinds the API server knows, asked once per group and version. */
final class ApiKinds {
    private static final int UNKNOWN = 404;

    private final KubernetesClient client;
    private final Map<String, List<APIResource>> known = new HashMap<>();

    ApiKinds(KubernetesClient client) {
        this.client = client;
    }

    /** How to ask for objects of this object's kind, empty when the API server does not know it. */
    Optional<ResourceDefinitionContext> of(RenderedObject object) {
        return known.computeIfAbsent(object.apiVersion(), this::resources).stream()
                .filter(r -> object.kind().equals(r.getKind()) && !r.getName().contains("/"))
                .findFirst()
                .map(r -> new ResourceDefinitionContext.Builder()
                        .withGroup(group(object.apiVersion()))
                        .withVersion(object.apiVersion()
                                .substring(object.apiVersion().indexOf('/') + 1))
                        .withKind(r.getKind())
                        .withPlural(r.getName())
                        .withNamespaced(Boolean.TRUE.equals(r.getNamespaced()))
                        .build());
    }

    private List<APIResource> resources(String apiVersion) {
        try {
            APIResourceList list = client.getApiResources(apiVersion);
            return list == null ? List.of() : list.getResources();
        } catch (KubernetesClientException e) {
            if (e.getCode() == UNKNOWN) {
                return List.of();
            }
            throw e;
        }
    }

    private static String group(String apiVersion) {
        return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    }
}
