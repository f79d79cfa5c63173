package dev.slipway.activities.guard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.activities.kubernetes.Kubernetes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What somebody else changed in one object since Helm began with our revision. {@code managedFields} tell who has set which
 * field and when, by the API server's clock; an entry in the very second in which Helm began counts. Only what makes the
 * pods counts: the pod's spec, and the data of ConfigMaps and Secrets. Replicas, status and the annotation of
 * {@code kubectl rollout restart} lie elsewhere.
 */
final class ObjectGuard {
    private static final Set<String> OURS = Set.of("helm", Kubernetes.FIELD_MANAGER, "before-first-apply");
    private static final int MOST = 8;

    private final JsonNode applied;
    private final JsonNode live;
    private final Shown shown;

    ObjectGuard(JsonNode applied, JsonNode live) {
        this.applied = applied;
        this.live = live;
        this.shown = new Shown(applied, live);
    }

    /** {@code Deployment podinfo}. */
    static String name(JsonNode object) {
        return object.path("kind").asText() + " "
                + object.path("metadata").path("name").asText();
    }

    /** What somebody else has set since then. */
    List<String> changes(Instant since) {
        List<String> changes = new ArrayList<>();
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            if (isForeign(entry, since)) {
                List<FieldPath> changed = FieldPath.ownedBy(entry).stream()
                        .filter(FieldPath::makesPods)
                        .filter(shown::differs)
                        .toList();
                if (!changed.isEmpty()) {
                    changes.add(sentence(entry, changed));
                }
            }
        }
        return changes;
    }

    /** What Helm applied and is gone; nobody can tell since when. */
    List<String> removed() {
        List<String> removed = Removed.from(applied, live);
        return removed.isEmpty() ? List.of() : List.of(name(live) + ": somebody removed " + String.join(", ", removed));
    }

    private static boolean isForeign(JsonNode entry, Instant since) {
        return !OURS.contains(entry.path("manager").asText())
                && entry.path("subresource").asText("").isEmpty()
                && !Instant.parse(entry.path("time").asText("1970-01-01T00:00:00Z"))
                        .isBefore(since);
    }

    private String sentence(JsonNode entry, List<FieldPath> changed) {
        String fields = changed.stream().limit(MOST).map(shown::change).collect(Collectors.joining(", "));
        String more = changed.size() > MOST ? " and " + (changed.size() - MOST) + " more fields" : "";
        return name(live) + " was changed by " + entry.path("manager").asText() + " at "
                + entry.path("time").asText() + ": " + fields + more;
    }
}
