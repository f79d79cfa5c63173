package dev.slipway.activities.orphan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.Payloads;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes into a cluster what stages leave there, as Helm, the fence and the router write it. */
final class Leftovers {
    private final KubernetesClient client;
    private final String namespace;

    Leftovers(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    void claim(Claim claim, long epoch) {
        try {
            client.resource(new LeaseBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName("slipway-" + claim.stamp().release().service())
                            .addToLabels("app.kubernetes.io/managed-by", "slipway")
                            .addToAnnotations(
                                    "slipway.dev/claim", Payloads.mapper().writeValueAsString(claim))
                            .addToAnnotations("slipway.dev/epoch", Long.toString(epoch))
                            .endMetadata()
                            .build())
                    .create();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** A Job of a soak's load. */
    void job(String name, String mark, String run, long epoch) {
        client.resource(new JobBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .addToLabels("app.kubernetes.io/managed-by", "slipway")
                        .addToLabels("slipway.dev/run", run)
                        .addToLabels("slipway.dev/epoch", Long.toString(epoch))
                        .addToAnnotations("slipway.dev/release", mark)
                        .endMetadata()
                        .build())
                .create();
    }

    void lose(String service) {
        client.leases().inNamespace(namespace).withName("slipway-" + service).delete();
    }

    /** A revision that carries labels of this run. */
    void revision(String release, int number, String status, String run, long epoch, String description) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("sh.helm.release.v1." + release + ".v" + number)
                        .addToLabels(Map.of(
                                "owner",
                                "helm",
                                "name",
                                release,
                                "version",
                                Integer.toString(number),
                                "status",
                                status,
                                "slipway.dev/run",
                                run,
                                "slipway.dev/epoch",
                                Long.toString(epoch),
                                "slipway.dev/revision",
                                Integer.toString(number)))
                        .endMetadata()
                        .addToData("release", packed(release, number, description))
                        .build())
                .create();
    }

    private static String packed(String release, int number, String description) {
        Map<String, Object> payload = Map.of(
                "name",
                release,
                "version",
                number,
                "info",
                Map.of("description", description),
                "manifest",
                "kind: Service # " + number,
                "chart",
                Map.of("metadata", Map.of("name", "podinfo", "version", "1.0." + number, "appVersion", "6")));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(new ObjectMapper().writeValueAsBytes(payload));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] text = Base64.getEncoder().encode(bytes.toByteArray());
        return Base64.getEncoder().encodeToString(text);
    }

    void route(String name, String mark, long epoch, Map<String, Integer> weights) {
        List<Map<String, Object>> backends = weights.entrySet().stream()
                .map(e -> Map.<String, Object>of("name", e.getKey(), "port", 80, "weight", e.getValue()))
                .toList();
        client.resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion("gateway.networking.k8s.io/v1")
                        .withKind("HTTPRoute")
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .addToAnnotations("slipway.dev/release", mark)
                        .addToAnnotations("slipway.dev/epoch", Long.toString(epoch))
                        .endMetadata()
                        .addToAdditionalProperties("spec", Map.of("rules", List.of(Map.of("backendRefs", backends))))
                        .build())
                .create();
    }
}
