package dev.slipway.activities.orphan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.model.Digests;
import dev.slipway.model.PriorState;
import dev.slipway.workflows.api.FailureType;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** One revision of a Helm release as Helm stores it: a Secret whose labels tell most, and whose payload tells the rest. */
final class StoredRevision {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CANARY = "-canary";

    private final Secret secret;
    private final Map<String, String> labels;

    StoredRevision(Secret secret) {
        this.secret = secret;
        Map<String, String> found = secret.getMetadata().getLabels();
        this.labels = found == null ? Map.of() : found;
    }

    String release() {
        return labels.getOrDefault("name", "");
    }

    int number() {
        String text = labels.getOrDefault("version", "0");
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private String status() {
        return labels.getOrDefault("status", "");
    }

    boolean deployed() {
        return status().equals("deployed");
    }

    /** Whether Helm was interrupted, or is at work right now. */
    boolean begun() {
        return status().startsWith("pending-") || status().equals("uninstalling");
    }

    boolean canary() {
        return release().endsWith(CANARY);
    }

    /** The release that users are on. */
    String stable() {
        return canary() ? release().substring(0, release().length() - CANARY.length()) : release();
    }

    /** The run that made exactly this revision, by its labels; later revisions inherit them, so they name theirs. */
    Optional<String> labelledRun() {
        boolean own = Integer.toString(number()).equals(labels.get("slipway.dev/revision"));
        return own ? Optional.ofNullable(labels.get("slipway.dev/run")) : Optional.empty();
    }

    long labelledEpoch() {
        String text = labels.getOrDefault("slipway.dev/epoch", "");
        return labelledRun().isPresent() && text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    /** Our mark in the description; Helm writes its own there while it is at work. */
    Optional<Marks> mark() {
        return Marks.ofRevision(payload().path("info").path("description").asText(""));
    }

    /** For a person: {@code Helm release podinfo-canary revision 1 is deployed}. */
    String words() {
        return "Helm release " + release() + " revision " + number() + " is " + status();
    }

    /** This revision as the state that an undo returns to; its digest is that of {@code helm get manifest}. */
    PriorState.HelmRevision asPrior() {
        JsonNode payload = payload();
        JsonNode chart = payload.path("chart").path("metadata");
        String manifest = payload.path("manifest").asText("") + "\n";
        return new PriorState.HelmRevision(
                number(),
                chart.path("name").asText("") + "-" + chart.path("version").asText(""),
                chart.path("appVersion").asText(""),
                Digests.sha256(manifest.getBytes(StandardCharsets.UTF_8)),
                List.of());
    }

    private JsonNode payload() {
        String data = secret.getData() == null ? "" : secret.getData().getOrDefault("release", "");
        byte[] packed = Base64.getDecoder().decode(Base64.getDecoder().decode(data));
        try (GZIPInputStream text = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw FailureType.CONFLICT.failure(
                    "the Secret " + secret.getMetadata().getName() + " is not a release that Helm 3 or 4 has stored: "
                            + e.getClass().getSimpleName());
        }
    }
}
