package dev.slipway.activities.helm;

import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether we may do what a deployment and its undo do: asked of the API server, for the kinds that a chart renders. */
final class Permissions {
    private static final List<String> VERBS = List.of("get", "create", "patch", "delete");
    /** Helm keeps its records in Secrets. */
    private static final List<String> RECORD_VERBS = List.of("get", "list", "create", "update", "delete");

    private static final String KIND = "the kind out of the chart";
    private static final String LOAD = "the load out of the soak";

    private final KubernetesClient client;
    private final HelmTarget target;
    private final Pulse pulse;
    private final ApiKinds kinds;

    Permissions(KubernetesClient client, HelmTarget target, ApiKinds kinds, Pulse pulse) {
        this.client = client;
        this.target = target;
        this.pulse = pulse;
        this.kinds = kinds;
    }

    /** What is not allowed, such as {@code the worker may not delete ingresses.networking.k8s.io in production}. */
    List<String> missing(Manifest manifest) {
        List<String> missing = new ArrayList<>();
        ask(missing, "", "secrets", target.namespace(), RECORD_VERBS, KIND);
        Map<String, Runnable> reviews = new LinkedHashMap<>();
        for (RenderedObject object : manifest.deployed()) {
            kinds.of(object).ifPresent(kind -> {
                String namespace = namespace(object, kind);
                reviews.putIfAbsent(
                        kind.getPlural() + "." + kind.getGroup() + " " + namespace,
                        () -> ask(missing, kind.getGroup(), kind.getPlural(), namespace, VERBS, KIND));
            });
        }
        reviews.values().forEach(Runnable::run);
        return missing;
    }

    /** What a load beside a soak needs: Jobs are made of a CronJob, and deleted with their pods. */
    List<String> missingForLoads() {
        List<String> missing = new ArrayList<>();
        ask(missing, "batch", "cronjobs", target.namespace(), List.of("get"), LOAD);
        ask(missing, "batch", "jobs", target.namespace(), List.of("get", "list", "create", "delete"), LOAD);
        ask(missing, "", "pods", target.namespace(), List.of("list", "delete"), LOAD);
        return missing;
    }

    private String namespace(RenderedObject object, ResourceDefinitionContext kind) {
        return kind.isNamespaceScoped() ? object.namespace().orElse(target.namespace()) : "";
    }

    private void ask(
            List<String> missing,
            String group,
            String resource,
            String namespace,
            List<String> verbs,
            String otherwise) {
        pulse.beat("preflight: may the worker change " + resource + "?");
        List<String> denied = verbs.stream()
                .filter(verb -> !allowed(new ResourceAttributesBuilder()
                        .withGroup(group)
                        .withResource(resource)
                        .withNamespace(namespace)
                        .withVerb(verb)
                        .build()))
                .toList();
        if (!denied.isEmpty()) {
            missing.add("the worker may not " + String.join(", ", denied) + " " + resource
                    + (group.isEmpty() ? "" : "." + group)
                    + (namespace.isEmpty() ? " of the whole cluster" : " in namespace " + namespace)
                    + "; grant it in the worker's Role, or take " + otherwise);
        }
    }

    private boolean allowed(ResourceAttributes what) {
        SelfSubjectAccessReview review = client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withResourceAttributes(what)
                        .endSpec()
                        .build());
        return Boolean.TRUE.equals(review.getStatus().getAllowed());
    }
}
