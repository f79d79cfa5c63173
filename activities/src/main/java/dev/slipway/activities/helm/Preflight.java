package dev.slipway.activities.helm;

import dev.slipway.activities.kubernetes.ApiFailure;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks the API server what it would say to a rendered chart, before anything is touched: whether the namespace is there,
 * whether we may do all that a deployment and its undo need, and, object by object, whether it would be taken.
 */
final class Preflight {
    private static final int MISSING = 404;
    private static final int DENIED = 403;

    private final KubernetesClient client;
    private final HelmTarget target;
    private final Pulse pulse;
    private final List<String> problems = new ArrayList<>();

    Preflight(KubernetesClient client, HelmTarget target, Pulse pulse) {
        this.client = client;
        this.target = target;
        this.pulse = pulse;
    }

    /**
     * Every objection, in sentences that name the object.
     *
     * @throws ApplicationFailure UNREACHABLE when the API server does not answer
     */
    List<String> check(Manifest manifest) {
        if (!namespace()) {
            return problems;
        }
        ApiKinds kinds = new ApiKinds(client);
        try {
            problems.addAll(new Permissions(client, target, kinds, pulse).missing(manifest));
            if (problems.isEmpty()) {
                problems.addAll(new PullSecrets(client, target).missing(manifest));
                problems.addAll(new DryRun(client, target, kinds, pulse).refused(manifest));
            }
        } catch (KubernetesClientException e) {
            throw ApiFailure.of("the preflight of " + target.release(), e);
        }
        return problems;
    }

    /** Whether there is a namespace to deploy into; not being allowed to look at it is no objection. */
    private boolean namespace() {
        try {
            Namespace namespace =
                    client.namespaces().withName(target.namespace()).get();
            if (namespace == null) {
                problems.add("there is no namespace " + target.namespace() + "; the platform team creates it");
            } else if (terminating(namespace)) {
                problems.add("namespace " + target.namespace() + " is being terminated");
            }
        } catch (KubernetesClientException e) {
            ApplicationFailure failure = ApiFailure.of("reading namespace " + target.namespace(), e);
            if (FailureType.UNREACHABLE.name().equals(failure.getType())) {
                throw failure;
            }
            if (e.getCode() != MISSING && e.getCode() != DENIED) {
                problems.add(failure.getOriginalMessage());
            }
        }
        return problems.isEmpty();
    }

    private static boolean terminating(Namespace namespace) {
        return Optional.ofNullable(namespace.getStatus())
                .filter(s -> "Terminating".equals(s.getPhase()))
                .isPresent();
    }
}
