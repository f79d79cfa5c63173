package dev.slipway.activities.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.activities.helm.MemoryHelm.Call;
import dev.slipway.activities.helm.MemoryHelm.HelmSays;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The revisions of one Helm release as Helm stores them, and the objects that were applied last. */
final class MemoryRelease {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TreeMap<Integer, Stored> revisions = new TreeMap<>();
    private @Nullable String running;
    private int repeats;

    /** One of Helm's Secrets. */
    record Stored(
            int revision,
            Instant updated,
            String status,
            String description,
            Map<String, String> labels,
            String manifest) {
        Stored with(String nextStatus, String nextDescription) {
            return new Stored(revision, updated, nextStatus, nextDescription, labels, manifest);
        }
    }

    synchronized boolean isEmpty() {
        return revisions.isEmpty();
    }

    synchronized Optional<String> runs() {
        return Optional.ofNullable(running);
    }

    synchronized List<String> words() {
        return revisions.values().stream()
                .map(r -> r.revision() + " " + r.status())
                .toList();
    }

    synchronized Stored find(int revision) {
        Stored found = revisions.get(revision);
        if (found == null) {
            throw new HelmSays("release: not found");
        }
        return found;
    }

    /** A revision, or the one that is deployed. */
    synchronized Optional<Stored> stored(Optional<Integer> number) {
        return revisions.values().stream()
                .filter(one -> number.map(wanted -> wanted == one.revision())
                        .orElse(one.status().equals("deployed")))
                .reduce((earlier, later) -> later);
    }

    synchronized String history() {
        List<Map<String, Object>> lines = new ArrayList<>();
        revisions.values().forEach(r -> {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("revision", r.revision());
            line.put("updated", r.updated().toString());
            line.put("status", r.status());
            line.put("chart", "sample-0.1.0");
            line.put("app_version", "1");
            line.put("description", r.description());
            lines.add(line);
        });
        return json(lines);
    }

    synchronized String metadata(int revision) {
        Stored found = find(revision);
        return json(Map.of("revision", revision, "status", found.status(), "labels", found.labels()));
    }

    /** Install or upgrade: a pending revision, the objects, then the end; each can be the last thing that happens. */
    String upgrade(Call call, String manifest) {
        Optional<Stored> last = newest();
        String doing = last.isPresent() ? "UPGRADE FAILED" : "INSTALLATION FAILED";
        if (last.filter(r -> r.status().startsWith("pending-")).isPresent()) {
            throw new HelmSays(doing + ": another operation (install/upgrade/rollback) is in progress");
        }
        if (last.filter(r -> r.status().equals("uninstalling")).isPresent()) {
            throw new HelmSays(doing + ": \"" + call.release() + "\" has no deployed releases");
        }
        Map<String, String> labels = new TreeMap<>(last.map(Stored::labels).orElse(Map.of()));
        call.flag(Flag.LABELS).ifPresent(given -> labels.putAll(pairs(given)));
        Stored made = new Stored(
                last.map(Stored::revision).orElse(0) + 1,
                now(),
                last.isPresent() ? "pending-upgrade" : "pending-install",
                last.isPresent() ? "Preparing upgrade" : "Initial install underway",
                labels,
                manifest);
        String success = call.flag(Flag.DESCRIPTION).orElse(last.isPresent() ? "Upgrade complete" : "Install complete");
        int max = call.flag(Flag.HISTORY_MAX).map(Integer::parseInt).orElse(10);
        call.write("helm upgrade: create revision " + made.revision(), () -> create(made, max, doing));
        carryOut(call, "helm upgrade", made, success);
        return "{}";
    }

    /** To an explicit revision, whatever is pending: a new revision that is like it, labels included. */
    String rollback(Call call) {
        int number = call.revision();
        Stored target = target(number);
        Stored made = new Stored(
                newest().orElseThrow().revision() + 1,
                now(),
                "pending-rollback",
                call.flag(Flag.DESCRIPTION).orElse("Rollback to " + number),
                target.labels(),
                target.manifest());
        call.write("helm rollback: create revision " + made.revision(), () -> create(made, 0, "rollback"));
        carryOut(call, "helm rollback", made, made.description());
        return "Rollback was a success! Happy Helming!\n";
    }

    private void carryOut(Call call, String verb, Stored made, String success) {
        call.write(verb + ": apply", () -> run(made.manifest()));
        call.write(verb + ": finish", () -> finish(made.with("deployed", success)));
    }

    private synchronized void run(@Nullable String manifest) {
        running = manifest;
    }

    private synchronized void finish(Stored deployed) {
        revisions.replaceAll((n, r) -> r.status().equals("deployed") ? r.with("superseded", r.description()) : r);
        revisions.put(deployed.revision(), deployed);
    }

    /** Marks the newest revision, deletes the objects, then forgets all revisions. */
    String uninstall(Call call) {
        Optional<Stored> last = newest();
        if (last.isEmpty()) {
            return "";
        }
        Stored going = last.get().with("uninstalling", "Deletion in progress (or silently failed)");
        call.write("helm uninstall: begin", () -> put(going));
        call.write("helm uninstall: delete", () -> run(null));
        call.write("helm uninstall: forget", this::forget);
        return "release \"" + call.release() + "\" uninstalled\n";
    }

    synchronized boolean unlock(Revision locked, String why) {
        Stored now = revisions.get(locked.revision());
        if (now == null
                || !now.status().equals(locked.status())
                || !now.updated().equals(locked.updated())) {
            return false;
        }
        revisions.put(now.revision(), now.with("failed", why));
        return true;
    }

    private synchronized void put(Stored stored) {
        revisions.put(stored.revision(), stored);
    }

    private synchronized void forget() {
        revisions.clear();
    }

    /** Two helms that have read the same newest revision make the same number, and the second one is told. */
    private synchronized void create(Stored made, int historyMax, String doing) {
        if (revisions.containsKey(made.revision())) {
            throw new HelmSays(doing + ": release: already exists");
        }
        if (historyMax > 0) {
            prune(historyMax - 1);
        }
        boolean same = revisions.values().stream()
                .anyMatch(r -> r.status().equals("deployed") && r.manifest().equals(made.manifest()));
        repeats += same && made.status().equals("pending-upgrade") ? 1 : 0;
        revisions.put(made.revision(), made);
    }

    synchronized int repeats() {
        return repeats;
    }

    /** The oldest go first, the newest deployed one stays. */
    private void prune(int keep) {
        int deployed = revisions.values().stream()
                .filter(r -> r.status().equals("deployed"))
                .mapToInt(Stored::revision)
                .max()
                .orElse(-1);
        for (int number : List.copyOf(revisions.keySet())) {
            if (revisions.size() > keep && number != deployed) {
                revisions.remove(number);
            }
        }
    }

    private synchronized Optional<Stored> newest() {
        return revisions.isEmpty()
                ? Optional.empty()
                : Optional.of(revisions.lastEntry().getValue());
    }

    private synchronized Stored target(int number) {
        Stored target = revisions.get(number);
        if (target == null) {
            throw new HelmSays("release has no " + number + " version");
        }
        return target;
    }

    private static Map<String, String> pairs(String labels) {
        return Arrays.stream(labels.split(","))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(p -> p[0], p -> p[1]));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
