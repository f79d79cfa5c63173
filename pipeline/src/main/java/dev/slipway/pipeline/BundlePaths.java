package dev.slipway.pipeline;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which paths may be inside a bundle, and how much. */
final class BundlePaths {
    static final int MOST_FILES = 2_000;
    static final int MOST_BYTES = 8 * 1024 * 1024;
    static final int MOST_COMPRESSED = 1024 * 1024;

    private static final int LONGEST = 240;
    private static final Pattern ODD = Pattern.compile(".*[^ -~].*|.*[\\\\:*?\"<>|].*", Pattern.DOTALL);

    private BundlePaths() {}

    /** What is wrong with a path inside a bundle; empty when it may be there. */
    static String wrong(String path) {
        if (path.isEmpty() || path.length() > LONGEST) {
            return "a path has 1 to " + LONGEST + " characters";
        }
        if (ODD.matcher(path).matches()) {
            return "it has a character that not every machine takes in a path";
        }
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return "it is absolute or has '.', '..' or an empty part";
            }
        }
        boolean known =
                path.equals(Bundle.PIPELINE) || path.startsWith(Bundle.CHART + "/") || path.startsWith("values/");
        return known ? "" : "a bundle has release.yaml, chart/ and values/ only";
    }

    /** The first path that is also a folder of another one; empty when there is none. */
    static String fileAndFolder(Set<String> paths) {
        for (String path : paths) {
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                if (paths.contains(path.substring(0, slash))) {
                    return path.substring(0, slash);
                }
            }
        }
        return "";
    }

    /** What tools leave in a folder and nobody means to release, as in Helm's own .helmignore. */
    static boolean junk(String name) {
        return Set.of(".git", ".gitignore", ".svn", ".hg", ".hgignore", ".bzr", ".bzrignore", ".DS_Store")
                        .contains(name)
                || Set.of(".project", ".idea", ".vscode").contains(name)
                || List.of(".swp", ".bak", ".tmp", ".orig", "~", ".tmproj").stream()
                        .anyMatch(name::endsWith);
    }
}
