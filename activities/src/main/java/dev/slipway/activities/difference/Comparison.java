package dev.slipway.activities.difference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.slipway.model.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What changes from one side to the other: whole for whoever wants to read all of it, and short for everybody else. */
public final class Comparison {
    private final Side before;
    private final Side after;
    private final List<String> values;
    private final List<String> lookTwice;
    private final List<ObjectChange> changes = new ArrayList<>();
    private final KnownSecrets known;

    private Comparison(Side before, Side after) {
        this.before = before;
        this.after = after;
        this.known = new SecretsOf(before, after).known();
        Masking masking = Masking.of(known);
        this.values =
                ValuesChange.lines(masking.values(before.values()), masking.values(after.values(), before.values()));
        Map<String, JsonNode> was = new LinkedHashMap<>();
        Map<String, JsonNode> is = new LinkedHashMap<>();
        Map<String, JsonNode> old = before.byName();
        Map<String, JsonNode> fresh = after.byName();
        Set<String> same = new TreeSet<>(old.keySet());
        same.removeIf(name -> !object(old, name).equals(fresh.get(name)));
        old.keySet().removeAll(same);
        fresh.keySet().removeAll(same);
        old.forEach((name, object) -> was.put(name, masking.object(object)));
        fresh.forEach((name, object) -> is.put(name, masking.object(object, object(old, name))));
        this.lookTwice = new LookTwice(after.namespace()).of(was, is);
        TreeSet<String> names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        for (String name : names) {
            changes.add(ObjectChange.of(name, object(was, name), object(is, name)));
        }
        changes.removeIf(ObjectChange::isEmpty);
    }

    private static JsonNode object(Map<String, JsonNode> side, String name) {
        return side.getOrDefault(name, MissingNode.getInstance());
    }

    /** Compares two sides. */
    public static Comparison of(Side before, Side after) {
        return new Comparison(before, after);
    }

    /** Compares with nothing. */
    public static Comparison ofFirst(Side after) {
        return of(new Side(Difference.NOTHING, after.namespace(), NullNode.getInstance(), List.of()), after);
    }

    /**
     * All of it, as text.
     *
     * @param heading lines that say what is asked
     */
    public String whole(List<String> heading) {
        List<String> lines = new ArrayList<>(heading);
        lines.add("from: " + before.title());
        lines.add("to:   " + after.title());
        lines.add(
                "What is secret is masked. Objects are compared as the chart renders them without asking the cluster.");
        section(lines, "Look twice", lookTwice);
        section(lines, "Values (files and image)", values);
        section(lines, "Objects", changes.stream().map(ObjectChange::words).toList());
        for (ObjectChange change : changes) {
            lines.add("");
            lines.addAll(hunks(change));
        }
        return Excerpt.bounded(clean(lines));
    }

    private static void section(List<String> lines, String title, List<String> entries) {
        lines.add("");
        lines.add(title + (entries.isEmpty() ? ": none" : ":"));
        entries.forEach(entry -> lines.add("  " + entry));
    }

    private static List<String> hunks(ObjectChange change) {
        List<String> lines = new ArrayList<>();
        lines.add("=== " + change.words());
        lines.addAll(change.lines());
        return lines;
    }

    /** As much as is kept with the release; the whole has no digest yet. */
    public Difference difference() {
        List<String> hunks =
                changes.stream().flatMap(change -> hunks(change).stream()).toList();
        return new Difference(
                Excerpt.line(known.replacedIn(before.title())),
                summary(),
                Excerpt.first(clean(lookTwice), Excerpt.FINDINGS),
                Excerpt.first(clean(values), Excerpt.VALUES),
                Excerpt.first(clean(changes.stream().map(ObjectChange::words).toList()), Excerpt.OBJECTS),
                Excerpt.of(clean(hunks)),
                Optional.empty(),
                "");
    }

    /** The last barrier: nothing of a known secret leaves, wherever it came from. */
    private List<String> clean(List<String> lines) {
        return lines.stream().map(known::replacedIn).toList();
    }

    private String summary() {
        if (changes.isEmpty() && values.isEmpty()) {
            return "nothing changes, neither values nor objects";
        }
        return count(values.size(), "value") + " and " + count(changes.size(), "object") + " ("
                + of(ObjectChange.Kind.NEW) + " new, " + of(ObjectChange.Kind.GONE) + " gone, "
                + of(ObjectChange.Kind.CHANGED) + " changed)";
    }

    private long of(ObjectChange.Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }

    private static String count(int many, String what) {
        return many + " " + what + (many == 1 ? "" : "s");
    }
}
