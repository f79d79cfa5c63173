package dev.slipway.activities.guard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.activities.helm.ReleaseSecrets;
import dev.slipway.activities.helm.StoredRevision;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.HelmTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a Helm release is at the revision that we made, and its objects as Helm applied them. */
final class ReleaseGuard {
    private static final int REMEMBERED = 32;

    private final ReleaseSecrets revisions;
    private final LiveObjects live;
    /** Parsed manifests: a watch looks at the same one every few seconds. */
    private final Map<String, List<JsonNode>> manifests = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<JsonNode>> eldest) {
            return size() > REMEMBERED;
        }
    };

    ReleaseGuard(ReleaseSecrets revisions, LiveObjects live) {
        this.revisions = revisions;
        this.live = live;
    }

    List<String> changes(List<Footprint.Release> left) {
        List<String> changes = new ArrayList<>();
        Map<Footprint.Release, StoredRevision> asLeft = new LinkedHashMap<>();
        for (Footprint.Release release : left) {
            Optional<StoredRevision> stored = revisions.find(release.target(), release.revision());
            Optional<String> change = change(release, stored);
            change.ifPresent(changes::add);
            if (change.isEmpty() && isNewest(stored, release)) {
                asLeft.put(release, stored.orElseThrow());
            }
        }
        Optional<Instant> firstTouch = asLeft.entrySet().stream()
                .filter(e -> e.getKey().ours())
                .map(e -> e.getValue().began())
                .min(Comparator.naturalOrder());
        asLeft.forEach((release, stored) -> changes.addAll(objects(release, stored, firstTouch)));
        return changes;
    }

    private Optional<String> change(Footprint.Release left, Optional<StoredRevision> stored) {
        if (stored.isEmpty()) {
            return Optional.of(withoutOurs(left));
        }
        if (!isNewest(stored, left)) {
            StoredRevision newest = revisions.newest(left.target()).orElse(stored.get());
            // a newer one of our own: this look is late, and what the objects are like is for a newer look to say
            boolean own = left.ours() && newest.isOfTheSameRunAs(stored.get());
            return own ? Optional.empty() : Optional.of(foreign(left, newest));
        }
        return stored.get().status().equals("deployed")
                ? Optional.empty()
                : Optional.of(name(left.target()) + ": somebody has changed our " + stored.get());
    }

    /** Helm counts without gaps, so one look tells. */
    private boolean isNewest(Optional<StoredRevision> stored, Footprint.Release left) {
        return stored.isPresent()
                && revisions.find(left.target(), left.revision() + 1).isEmpty();
    }

    private String withoutOurs(Footprint.Release left) {
        return revisions
                .newest(left.target())
                .map(newest -> foreign(left, newest))
                .orElse(name(left.target()) + " was uninstalled; we had left it at revision " + left.revision());
    }

    private static String foreign(Footprint.Release left, StoredRevision newest) {
        return name(left.target()) + " is at " + newest + ", made by somebody else; we had left it at revision "
                + left.revision();
    }

    /** Of a revision that is not ours it is not known what was removed before our first touch. */
    private List<String> objects(Footprint.Release left, StoredRevision stored, Optional<Instant> firstTouch) {
        List<String> changes = new ArrayList<>();
        for (JsonNode applied : manifest(stored)) {
            if (!live.knows(applied)) {
                continue;
            }
            Optional<ObjectGuard> guard = live.find(left.target(), applied).map(now -> new ObjectGuard(applied, now));
            if (left.ours()) {
                changes.addAll(guard.map(ObjectGuard::removed)
                        .orElseGet(() ->
                                List.of(ObjectGuard.name(applied) + " of " + name(left.target()) + " was deleted")));
            }
            Optional<Instant> since = left.ours() ? Optional.of(stored.began()) : firstTouch;
            if (guard.isPresent() && since.isPresent()) {
                changes.addAll(guard.get().changes(since.get()));
            }
        }
        return changes;
    }

    private List<JsonNode> manifest(StoredRevision revision) {
        synchronized (manifests) {
            return manifests.computeIfAbsent(revision.id(), id -> revision.objects());
        }
    }

    private static String name(HelmTarget target) {
        return "Helm release " + target.namespace() + "/" + target.release();
    }
}
