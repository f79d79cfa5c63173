package dev.slipway.activities.helm;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A revision as Helm keeps it: base64 of Kubernetes around base64 of Helm around gzip around JSON. */
final class HelmSecret {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HelmSecret() {}

    static StoredRevision of(int revision, String status, String description, String manifest) {
        return of(revision, status, description, manifest, Map.of(), List.of());
    }

    /**
     * @param hooks the manifests of the chart's hooks
     */
    static StoredRevision of(
            int revision,
            String status,
            String description,
            String manifest,
            Map<String, ?> values,
            List<String> hooks) {
        Map<String, Object> release = Map.of(
                "version",
                revision,
                "manifest",
                manifest,
                "config",
                values,
                "hooks",
                hooks.stream().map(hook -> Map.of("manifest", hook)).toList(),
                "info",
                Map.of("description", description, "last_deployed", "2026-11-22T03:04:05Z"),
                "chart",
                Map.of("metadata", Map.of("name", "sample", "version", "0.1.0")));
        return StoredRevision.of(new SecretBuilder()
                .withNewMetadata()
                .withName("sh.helm.release.v1.sample.v" + revision)
                .withNamespace("memory")
                .withCreationTimestamp("2026-11-22T03:04:05Z")
                .withLabels(Map.of("status", status))
                .endMetadata()
                .withData(Map.of("release", packed(release)))
                .build());
    }

    private static String packed(Map<String, ?> release) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(JSON.writeValueAsBytes(release));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Base64.Encoder base64 = Base64.getEncoder();
        return base64.encodeToString(base64.encode(bytes.toByteArray()));
    }
}
