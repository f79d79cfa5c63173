package dev.slipway.activities.orphan;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.activities.kubernetes.ApiFailure;
import dev.slipway.model.ServiceName;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Payloads;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.temporal.failure.ApplicationFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The claims in the Leases {@code slipway-<service>} of a namespace, read only. */
final class OpenClaims {
    private static final String CLAIM = "slipway.dev/claim";
    private static final String PREFIX = "slipway-";
    private static final String EPOCH = "slipway.dev/epoch";

    private final KubernetesClient client;
    private final String namespace;

    OpenClaims(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** The claim of each slot that is claimed; empty where it is not readable, so that one edited Lease hides no other. */
    Map<ServiceName, Optional<Claim>> all() {
        Map<ServiceName, Optional<Claim>> claims = new LinkedHashMap<>();
        for (Lease lease : leases()) {
            if (annotations(lease).containsKey(CLAIM)) {
                claims.put(service(lease), readable(lease));
            }
        }
        return claims;
    }

    private List<Lease> leases() {
        return ApiFailure.classified(
                "reading the Leases of " + namespace,
                () -> client.leases()
                        .inNamespace(namespace)
                        .withLabel("app.kubernetes.io/managed-by", "slipway")
                        .list()
                        .getItems());
    }

    private static ServiceName service(Lease lease) {
        return new ServiceName(lease.getMetadata().getName().substring(PREFIX.length()));
    }

    private Optional<Claim> readable(Lease lease) {
        try {
            return claim(lease);
        } catch (ApplicationFailure edited) {
            return Optional.empty();
        }
    }

    static String unreadable(ServiceName service) {
        return "Lease " + PREFIX + service + ": its annotation " + CLAIM
                + " is not what a stage writes there; see with 'kubectl get lease -o yaml' who changed it, and put it back";
    }

    Optional<Claim> of(ServiceName service) {
        return lease(service).flatMap(this::claim);
    }

    /** The highest epoch that was given out in the slot, as far as its Lease tells. */
    long epoch(ServiceName service) {
        String text = lease(service).map(l -> annotations(l).get(EPOCH)).orElse("0");
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    static String words(Claim claim) {
        String touched = claim.ledger().isEmpty()
                ? "nothing touched"
                : claim.ledger().keySet().stream().sorted().toList() + " touched";
        return "Lease " + PREFIX + claim.stamp().release().service() + ": the claim of "
                + claim.stamp().release() + " attempt " + claim.stamp().attempt() + " is open, " + touched;
    }

    private Optional<Lease> lease(ServiceName service) {
        String name = PREFIX + service;
        return ApiFailure.classified(
                "reading Lease " + namespace + "/" + name,
                () -> Optional.ofNullable(
                        client.leases().inNamespace(namespace).withName(name).get()));
    }

    private Optional<Claim> claim(Lease lease) {
        String text = annotations(lease).get(CLAIM);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Payloads.mapper().readValue(text, Claim.class));
        } catch (JsonProcessingException e) {
            throw FailureType.CONFLICT.failure(namespace + ": " + unreadable(service(lease)));
        }
    }

    private static Map<String, String> annotations(Lease lease) {
        Map<String, String> found = lease.getMetadata().getAnnotations();
        return found == null ? Map.of() : found;
    }
}
