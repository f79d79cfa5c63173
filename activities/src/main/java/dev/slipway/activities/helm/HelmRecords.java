package dev.slipway.activities.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.activities.kubernetes.ApiFailure;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Helm's own records: one Secret per revision, which holds the Base64 of the gzip of a JSON document (and Kubernetes writes
 * that in Base64 again).
 */
final class HelmRecords {
    private static final String DATA = "release";
    private static final String STATUS = "status";
    private static final String FAILED = "failed";
    private static final int GONE = 404;
    private static final int CONFLICT = 409;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;

    HelmRecords(KubernetesClient client) {
        this.client = client;
    }

    /** What Helm has written down about a revision, empty when it is gone. */
    Optional<ObjectNode> read(HelmTarget target, int revision) {
        return Optional.ofNullable(secret(target, revision)).map(secret -> payload(target, secret));
    }

    /**
     * Marks a revision failed, in the label that Helm lists by and in the document that it acts on, unless it has changed
     * since it was read.
     *
     * @return false when it is no longer as it was seen
     */
    boolean fail(HelmTarget target, Revision seen, String why) {
        return mark(target, seen, FAILED, why);
    }

    /** As {@link #fail}, with any of Helm's words. */
    boolean mark(HelmTarget target, Revision seen, String status, String why) {
        Secret secret = secret(target, seen.revision());
        if (secret == null
                || !seen.status().equals(secret.getMetadata().getLabels().get(STATUS))) {
            return false;
        }
        ObjectNode payload = payload(target, secret);
        ObjectNode info = payload.withObject("/info");
        if (!seen.status().equals(info.path(STATUS).asText())) {
            return false;
        }
        info.put(STATUS, status).put("description", why);
        Secret marked = new SecretBuilder(secret)
                .editMetadata()
                .addToLabels(STATUS, status)
                .endMetadata()
                .addToData(DATA, encoded(payload))
                .build();
        return replaced(target, marked);
    }

    private boolean replaced(HelmTarget target, Secret secret) {
        try {
            // with the resourceVersion that was read: whoever was faster wins
            client.secrets().inNamespace(target.namespace()).resource(secret).update();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT || e.getCode() == GONE) {
                return false;
            }
            throw ApiFailure.of("unlocking " + name(target, secret), e);
        }
    }

    private @Nullable Secret secret(HelmTarget target, int revision) {
        String name = "sh.helm.release.v1." + target.release() + ".v" + revision;
        return ApiFailure.classified(
                "reading Helm's record " + target.namespace() + "/" + name,
                () -> client.secrets()
                        .inNamespace(target.namespace())
                        .withName(name)
                        .get());
    }

    private static ObjectNode payload(HelmTarget target, Secret secret) {
        try {
            String data = Optional.ofNullable(secret.getData()).orElse(Map.of()).getOrDefault(DATA, "");
            byte[] packed = Base64.getDecoder().decode(Base64.getDecoder().decode(data));
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                return (ObjectNode) JSON.readTree(in.readAllBytes());
            }
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            throw FailureType.UNKNOWN.failure(
                    "Helm's record " + name(target, secret) + " is not in the form that Helm 4 writes");
        }
    }

    private static String encoded(ObjectNode payload) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(json(payload));
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
        return Base64.getEncoder().encodeToString(Base64.getEncoder().encode(packed.toByteArray()));
    }

    private static byte[] json(ObjectNode payload) throws JsonProcessingException {
        return JSON.writeValueAsBytes(payload);
    }

    private static String name(HelmTarget target, Secret secret) {
        return target.namespace() + "/" + secret.getMetadata().getName();
    }
}
