package dev.slipway.activities.helm;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets the API server go through an apply as Helm would send it, without storing it: that finds immutable fields, quota,
 * admission and fields it does not know, object by object.
 */
final class DryRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Helm's own name in {@code managedFields}. */
    private static final String HELM = "helm";

    private static final String OWNER = "meta.helm.sh/release-name";
    private static final String NO_DRY_RUN = "does not support dry run";
    private static final int ALREADY_THERE = 409;
    private static final int TOO_MANY = 429;
    private static final int BROKEN = 500;

    private final KubernetesClient client;
    private final HelmTarget target;
    private final Pulse pulse;
    private final ApiKinds kinds;

    DryRun(KubernetesClient client, HelmTarget target, ApiKinds kinds, Pulse pulse) {
        this.client = client;
        this.target = target;
        this.pulse = pulse;
        this.kinds = kinds;
    }

    /** What would not be taken, and why. */
    List<String> refused(Manifest manifest) {
        List<String> refused = new ArrayList<>();
        for (RenderedObject object : manifest.deployed()) {
            pulse.beat("preflight: would " + object.id() + " be taken?");
            refused(object).ifPresent(refused::add);
        }
        return refused;
    }

    private Optional<String> refused(RenderedObject object) {
        Optional<ResourceDefinitionContext> kind = kinds.of(object);
        if (kind.isEmpty()) {
            return Optional.of("the cluster does not know " + object.apiVersion() + " " + object.kind() + " (for "
                    + object.id() + "); Slipway installs no CRDs, the platform team does");
        }
        Resource<GenericKubernetesResource> resource = resource(object, kind.get());
        try {
            return object.isHook() ? created(resource) : applied(object, resource);
        } catch (KubernetesClientException e) {
            String reason = reason(e);
            // a webhook that cannot be asked beforehand has said nothing yet
            return reason.contains(NO_DRY_RUN)
                    ? Optional.empty()
                    : Optional.of(object.id() + " would be refused: " + reason);
        }
    }

    private Resource<GenericKubernetesResource> resource(RenderedObject object, ResourceDefinitionContext kind) {
        GenericKubernetesResource rendered = JSON.convertValue(object.fields(), GenericKubernetesResource.class);
        var all = client.genericKubernetesResources(kind);
        return kind.isNamespaceScoped()
                ? all.inNamespace(object.namespace().orElse(target.namespace())).resource(rendered)
                : all.resource(rendered);
    }

    /** Helm deletes what is left of a hook before it creates it anew. */
    private static Optional<String> created(Resource<GenericKubernetesResource> hook) {
        try {
            hook.dryRun().create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != ALREADY_THERE) {
                throw e;
            }
        }
        return Optional.empty();
    }

    private Optional<String> applied(RenderedObject object, Resource<GenericKubernetesResource> resource) {
        @Nullable GenericKubernetesResource there = resource.get();
        if (there != null && !isOfRelease(there)) {
            return Optional.of(object.id() + " is there already and does not belong to Helm release " + target.release()
                    + ", so Helm would refuse to take it over; rename it, or remove the other one");
        }
        resource.dryRun().fieldManager(HELM).forceConflicts().serverSideApply();
        return Optional.empty();
    }

    private boolean isOfRelease(GenericKubernetesResource there) {
        Map<String, String> annotations =
                Optional.ofNullable(there.getMetadata().getAnnotations()).orElse(Map.of());
        return target.release().equals(annotations.get(OWNER));
    }

    /** A server in trouble has no objection: that is told by the exception. */
    private static String reason(KubernetesClientException e) {
        if (e.getCode() <= 0 || e.getCode() == TOO_MANY || e.getCode() >= BROKEN) {
            throw e;
        }
        String said = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
        return e.getCode() + " " + said;
    }
}
