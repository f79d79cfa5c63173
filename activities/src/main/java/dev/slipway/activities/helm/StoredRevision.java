package dev.slipway.activities.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.workflows.api.FailureType;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** One revision as Helm's own Secret tells it. */
public final class StoredRevision {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of the unpacked record; the packed one is at most 1 MiB. */
    private static final int LONGEST = 64 << 20;

    private static final Pattern OURS = Pattern.compile("^slipway (\\S+@\\S+) attempt ");

    private final Secret secret;
    private final Map<String, String> labels;
    private final JsonNode release;

    private StoredRevision(Secret secret, JsonNode release) {
        this.secret = secret;
        this.labels = secret.getMetadata().getLabels() == null
                ? Map.of()
                : secret.getMetadata().getLabels();
        this.release = release;
    }

    static StoredRevision of(Secret secret) {
        return new StoredRevision(secret, release(secret));
    }

    /** base64 of Kubernetes around base64 of Helm around gzip. */
    private static JsonNode release(Secret secret) {
        String data = secret.getData() == null ? "" : secret.getData().getOrDefault("release", "");
        try {
            byte[] packed = Base64.getDecoder().decode(Base64.getDecoder().decode(data));
            try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                return JSON.readTree(unpacked.readNBytes(LONGEST));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw FailureType.UNKNOWN.failure(
                    "Helm's record " + secret.getMetadata().getNamespace() + "/"
                            + secret.getMetadata().getName() + " cannot be read: " + e.getMessage());
        }
    }

    /** Its number. */
    public int revision() {
        return release.path("version").asInt();
    }

    /** Changes with every change of the record. */
    public String id() {
        return secret.getMetadata().getUid() + "@" + secret.getMetadata().getResourceVersion();
    }

    /** Helm's word for how it is: deployed, superseded, pending-upgrade ... */
    public String status() {
        return labels.getOrDefault("status", "");
    }

    /** When Helm began with it, by the API server's clock, whole seconds. */
    public Instant began() {
        return Instant.parse(secret.getMetadata().getCreationTimestamp());
    }

    /** Whether both were made by the same run of a stage; never when the other one is not ours. */
    public boolean isOfTheSameRunAs(StoredRevision other) {
        Optional<String> run = run();
        return run.isPresent() && run.equals(other.run());
    }

    private Optional<String> run() {
        return Mark.in(description()).or(() -> Mark.in(labels, revision())).map(Mark::run);
    }

    /** Everything that Helm applied for it, hooks left out. */
    public List<JsonNode> objects() {
        byte[] manifest = release.path("manifest").asText().getBytes(StandardCharsets.UTF_8);
        return Manifest.of(manifest).objects().stream()
                .map(object -> JSON.<JsonNode>valueToTree(object.fields()))
                .toList();
    }

    /** As {@link #objects}, and the hooks that a deployment runs. */
    List<JsonNode> deployed() {
        StringBuilder all = new StringBuilder(release.path("manifest").asText());
        release.path("hooks")
                .forEach(hook ->
                        all.append("\n---\n").append(hook.path("manifest").asText()));
        return Manifest.of(all.toString().getBytes(StandardCharsets.UTF_8)).deployed().stream()
                .map(object -> JSON.<JsonNode>valueToTree(object.fields()))
                .toList();
    }

    /** The values that the chart was given. */
    JsonNode values() {
        return release.path("config");
    }

    /** For a person who knows releases: {@code podinfo@6.9.1 (revision 4, chart podinfo-6.9.1)}. */
    String title() {
        JsonNode chart = release.path("chart").path("metadata");
        String which = "revision " + revision() + ", chart "
                + chart.path("name").asText() + "-" + chart.path("version").asText();
        Optional<Mark> mark = Mark.in(description());
        if (mark.isEmpty()) {
            return "what somebody deployed past Slipway (" + which + ")";
        }
        Matcher ours = OURS.matcher(description());
        OptionalInt back = mark.get().undoTo();
        if (back.isPresent()) {
            return "what an undo put back (" + which + ", as revision " + back.getAsInt() + ")";
        }
        return (ours.find() ? ours.group(1) : "a release") + " (" + which + ")";
    }

    private String description() {
        return release.path("info").path("description").asText();
    }

    /** For a person: {@code revision 4 (podinfo-6.9.2), deployed at 2026-11-21T09:00:00Z ("Upgrade complete")}. */
    @Override
    public String toString() {
        JsonNode chart = release.path("chart").path("metadata");
        return "revision " + revision() + " (" + chart.path("name").asText() + "-"
                + chart.path("version").asText() + "), " + status() + " at "
                + release.path("info").path("last_deployed").asText() + " (\"" + description() + "\")";
    }
}
