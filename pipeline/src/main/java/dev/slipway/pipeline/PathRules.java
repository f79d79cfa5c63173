package dev.slipway.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Paths of release.yaml stay below its folder, whatever the machine. */
final class PathRules {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");
    private static final Pattern ODD = Pattern.compile(".*[^ -~].*|.*[:*?\"<>|].*", Pattern.DOTALL);

    private final Problems problems;

    PathRules(Problems problems) {
        this.problems = problems;
    }

    FilePath chart(Part part) {
        if (part.text().orElse("").contains("://")) {
            problems.add(
                    part.at(),
                    "charts from a registry are not supported yet",
                    "fetch it with 'helm pull --untar' and write its folder, such as ./charts/app");
            return new FilePath(".", part.at());
        }
        return path(part);
    }

    FilePath file(Part part) {
        FilePath path = path(part);
        if (path.path().equals(".") && part.text().isPresent() && problems.noneAt(part.at())) {
            problems.add(part.at(), part.label() + " must be a file, not a folder");
        }
        return path;
    }

    private FilePath path(Part part) {
        String text = part.text().orElse(".");
        String wrong = wrong(text);
        if (!wrong.isEmpty()) {
            problems.add(part.at(), part.label() + " " + wrong + ", not " + Wording.quote(text));
            return new FilePath(".", part.at());
        }
        return new FilePath(normal(text), part.at());
    }

    private static String wrong(String text) {
        if (text.contains("://")) {
            return "must be a file beside this one";
        }
        if (text.contains("\\")) {
            return "must be a path with '/' between folders";
        }
        if (text.startsWith("/") || text.startsWith("~") || DRIVE.matcher(text).matches()) {
            return "must be relative to this file";
        }
        if (List.of(text.split("/", -1)).contains("..")) {
            return "must stay below this file's folder, without '..'";
        }
        return ODD.matcher(text).matches()
                ? "must be a path of characters that every machine has (ASCII, none of : * ? \" < > |)"
                : "";
    }

    private static String normal(String text) {
        List<String> segments = new ArrayList<>(List.of(text.split("/")));
        segments.removeIf(segment -> segment.isEmpty() || segment.equals("."));
        return segments.isEmpty() ? "." : String.join("/", segments);
    }
}
