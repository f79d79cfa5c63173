package dev.slipway.activities.difference;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/**
 * One object that is new, gone or changed, as a unified diff of its lines.
 *
 * @param name such as {@code Deployment/podinfo}
 * @param lines with {@code @@} before each hunk, {@code +} and {@code -} before what is new and what is gone
 */
record ObjectChange(String name, Kind kind, List<String> lines) {
    private static final int CONTEXT = 3;
    /** Of both sides together; more is no object that a person wrote, and would take minutes to compare. */
    private static final int MOST = 20_000;

    ObjectChange {
        lines = List.copyOf(lines);
    }

    enum Kind {
        NEW("new"),
        GONE("gone"),
        CHANGED("changed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /**
     * @param before without secrets; missing when it is new
     * @param after without secrets; missing when it is gone
     */
    static ObjectChange of(String name, JsonNode before, JsonNode after) {
        Kind kind = before.isMissingNode() ? Kind.NEW : after.isMissingNode() ? Kind.GONE : Kind.CHANGED;
        return new ObjectChange(name, kind, unified(Lines.of(before), Lines.of(after)));
    }

    private static List<String> unified(List<String> before, List<String> after) {
        if (before.size() + after.size() > MOST) {
            return wholesale(before, after);
        }
        Patch<String> patch =
                DiffUtils.diff(before, after, MyersDiffWithLinearSpace.factory().create(), null);
        List<String> unified = UnifiedDiffUtils.generateUnifiedDiff("", "", before, patch, CONTEXT);
        // without the two lines that name the files
        return unified.size() < 2 ? List.of() : goneFirst(unified.subList(2, unified.size()));
    }

    /** As everybody reads it: between two lines that stay, first what is gone, then what is new. */
    private static List<String> goneFirst(List<String> lines) {
        List<String> ordered = new ArrayList<>();
        List<String> fresh = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("+")) {
                fresh.add(line);
                continue;
            }
            if (!line.startsWith("-")) {
                ordered.addAll(fresh);
                fresh.clear();
            }
            ordered.add(line);
        }
        ordered.addAll(fresh);
        return ordered;
    }

    private static List<String> wholesale(List<String> before, List<String> after) {
        List<String> all = new ArrayList<>();
        all.add("@@ -1," + before.size() + " +1," + after.size() + " @@");
        before.forEach(line -> all.add("-" + line));
        after.forEach(line -> all.add("+" + line));
        return all;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** {@code Deployment/podinfo changed, +3 -2}. */
    String words() {
        return name + " " + kind.word + (kind == Kind.GONE ? "" : ", +" + count('+'))
                + (kind == Kind.NEW ? "" : kind == Kind.GONE ? ", -" + count('-') : " -" + count('-'));
    }

    private long count(char sign) {
        return lines.stream().filter(line -> line.charAt(0) == sign).count();
    }
}
