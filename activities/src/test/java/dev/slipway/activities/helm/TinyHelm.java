package dev.slipway.activities.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.activities.fence.WriteRight;
import dev.slipway.workflows.api.HelmTarget;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Helm's revisions and the cluster's part in memory; the next changes end as the test says. */
final class TinyHelm implements HelmRunner, HelmCluster {
    /** One revision as Helm has it. */
    record Kept(int revision, Instant at, String status, String said, Map<String, String> labels, String manifest) {
        Kept with(String newStatus, String newWords) {
            return new Kept(revision, at, newStatus, newWords, labels, manifest);
        }
    }

    /** How a change ends: the status of the revision that it leaves, and helm's error, empty for none. */
    record End(String status, String error) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    final List<Kept> revisions = new ArrayList<>();
    /** Verb and flags of every change. */
    final List<String> changes = new ArrayList<>();

    final List<End> ends = new ArrayList<>();
    final List<String> hooks = new ArrayList<>();
    final List<String> present = new ArrayList<>();
    Optional<String> hookTrouble = Optional.empty();
    Optional<String> evidence = Optional.empty();

    /** Somebody else's revision. */
    TinyHelm kept(String status, Instant at, String manifest) {
        revisions.add(new Kept(revisions.size() + 1, at, status, "by hand", Map.of(), manifest));
        return this;
    }

    TinyHelm ending(String status, String error) {
        ends.add(new End(status, error));
        return this;
    }

    @Override
    public Finished run(HelmCommand command, WriteRight right, Pulse pulse, List<String> secrets) {
        return switch (command.verb().get(0)) {
            case "history" -> revisions.isEmpty() ? error("release: not found") : said(history());
            case "get" -> got(command);
            case "template" -> said("");
            default -> change(command);
        };
    }

    private Finished got(HelmCommand command) {
        int wanted = Integer.parseInt(command.flags().get(Flag.REVISION));
        Optional<Kept> found =
                revisions.stream().filter(k -> k.revision() == wanted).findFirst();
        if (found.isEmpty()) {
            return error("release: not found");
        }
        return said(
                command.verb().get(1).equals("manifest")
                        ? found.get().manifest()
                        : json(Map.of("labels", found.get().labels())));
    }

    private Finished change(HelmCommand command) {
        changes.add(command.verb().get(0) + (command.flags().containsKey(Flag.NO_HOOKS) ? " --no-hooks" : ""));
        End end = ends.isEmpty() ? new End("deployed", "") : ends.remove(0);
        if (end.status().isEmpty()) {
            return error(end.error());
        }
        if (command.verb().get(0).equals("uninstall")) {
            revisions.clear();
            return said("");
        }
        if (end.status().equals("deployed")) {
            edit(k -> k.status().equals("deployed") ? k.with("superseded", k.said()) : k);
        }
        revisions.add(made(command, end));
        return end.error().isEmpty() ? said("") : error(end.error());
    }

    private Kept made(HelmCommand command, End end) {
        boolean back = command.verb().get(0).equals("rollback");
        int next = revisions.isEmpty() ? 1 : revisions.get(revisions.size() - 1).revision() + 1;
        String manifest = back
                ? revisions
                        .get(Integer.parseInt(command.positionals().get(1)) - 1)
                        .manifest()
                : "kind: ConfigMap\nmetadata: { name: new" + next + " }\n";
        Map<String, String> labels = new HashMap<>();
        for (String label :
                Optional.ofNullable(command.flags().get(Flag.LABELS)).orElse("").split(",")) {
            if (label.contains("=")) {
                labels.put(label.split("=")[0], label.split("=")[1]);
            }
        }
        boolean described = end.status().equals("deployed") || back;
        String said = described ? command.flags().get(Flag.DESCRIPTION) : "Preparing upgrade";
        return new Kept(next, Instant.now(), end.status(), said, labels, manifest);
    }

    void edit(UnaryOperator<Kept> change) {
        revisions.replaceAll(change);
    }

    private String history() {
        return json(revisions.stream()
                .map(k -> Map.of(
                        "revision",
                        k.revision(),
                        "updated",
                        k.at().toString(),
                        "status",
                        k.status(),
                        "chart",
                        "c-1",
                        "description",
                        k.said()))
                .toList());
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {}

    private static Finished said(String text) {
        return new Finished(0, text.getBytes(StandardCharsets.UTF_8), false, "", false);
    }

    private static Finished error(String text) {
        return new Finished(1, new byte[0], false, "Error: " + text, false);
    }

    @Override
    public boolean unlock(HelmTarget target, Revision locked, String why) {
        changes.add("unlock " + locked.revision());
        edit(k -> k.revision() == locked.revision() ? k.with("failed", why) : k);
        return true;
    }

    @Override
    public List<String> runningHooks(HelmTarget target, Revision revision) {
        return hooks;
    }

    @Override
    public Optional<String> hookTrouble(HelmTarget target, Revision revision) {
        return hookTrouble;
    }

    @Override
    public Optional<String> evidence(HelmTarget target) {
        return evidence;
    }

    @Override
    public List<String> present(HelmTarget target, Collection<RenderedObject> objects) {
        return objects.stream()
                .map(RenderedObject::id)
                .filter(present::contains)
                .toList();
    }

    @Override
    public List<String> objections(HelmTarget target, Manifest manifest, Pulse pulse) {
        return List.of();
    }
}
