package dev.slipway.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Collects the files that a pipeline names. Links are not followed anywhere below the folder of release.yaml. */
final class BundlePacker {
    private final Path folder;
    private final Pipeline pipeline;
    private final Problems problems;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private long total;
    private boolean full;

    BundlePacker(Path folder, Pipeline pipeline) {
        this.folder = folder.toAbsolutePath().normalize();
        this.pipeline = pipeline;
        this.problems = new Problems(pipeline.source().file());
    }

    Checked<Bundle> pack() throws IOException {
        files.put(Bundle.PIPELINE, pipeline.source().bytes());
        chart();
        for (Pipeline.Stage stage : pipeline.stages()) {
            for (FilePath file : stage.values()) {
                values(file);
            }
        }
        if (!problems.none()) {
            return problems.invalid();
        }
        Bundle bundle = new Bundle(files);
        int compressed = bundle.archive().length;
        if (compressed > BundlePaths.MOST_COMPRESSED) {
            problems.add(
                    pipeline.chart().at(),
                    "the bundle has " + compressed + " bytes compressed, at most " + BundlePaths.MOST_COMPRESSED
                            + " are taken",
                    "move large files out of the chart");
            return problems.invalid();
        }
        return new Checked.Valid<>(bundle);
    }

    private void chart() throws IOException {
        FilePath named = pipeline.chart();
        Path chart = folder.resolve(named.path()).normalize();
        if (linked(named, chart)) {
            return;
        }
        if (!Files.isRegularFile(chart.resolve("Chart.yaml"), LinkOption.NOFOLLOW_LINKS)) {
            problems.add(
                    named.at(),
                    "'" + named.path() + "' is not the folder of a Helm chart: it has no Chart.yaml",
                    "the path is relative to " + pipeline.source().file());
            return;
        }
        walk(chart, Bundle.CHART, named);
    }

    private void walk(Path directory, String inside, FilePath named) throws IOException {
        List<Path> children;
        try (Stream<Path> listed = Files.list(directory)) {
            children = listed.sorted().toList();
        }
        for (Path child : children) {
            String name = child.getFileName().toString();
            String path = inside + "/" + name;
            if (BundlePaths.junk(name) || isPipelineFile(child)) {
                continue;
            }
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                walk(child, path, named);
            } else {
                add(child, path, named);
            }
            if (!problems.none()) {
                return;
            }
        }
    }

    /** It is in the bundle already, even when the chart's folder is its own. */
    private boolean isPipelineFile(Path file) {
        return file.equals(folder.resolve(Path.of(pipeline.source().file()).getFileName()));
    }

    private void values(FilePath named) throws IOException {
        Path file = folder.resolve(named.path()).normalize();
        if (files.containsKey(Bundle.valuesPath(named.path())) || linked(named, file)) {
            return;
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            problems.add(
                    named.at(),
                    "there is no values file '" + named.path() + "'",
                    "the path is relative to " + pipeline.source().file());
            return;
        }
        add(file, Bundle.valuesPath(named.path()), named);
    }

    /** A link in a folder on the way could lead anywhere. */
    private boolean linked(FilePath named, Path target) {
        for (Path at = target; at != null && !at.equals(folder); at = at.getParent()) {
            if (Files.isSymbolicLink(at)) {
                refuseLink(named, at);
                return true;
            }
        }
        return false;
    }

    private void refuseLink(FilePath named, Path link) {
        problems.add(
                named.at(),
                "'" + folder.relativize(link) + "' is a symbolic link, which a bundle does not follow",
                "put the file itself there");
    }

    private void add(Path file, String path, FilePath named) throws IOException {
        if (Files.isSymbolicLink(file)) {
            refuseLink(named, file);
            return;
        }
        String wrong =
                Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? BundlePaths.wrong(path) : "it is no plain file";
        if (!wrong.isEmpty()) {
            problems.add(named.at(), "'" + folder.relativize(file) + "' cannot be packed: " + wrong);
            return;
        }
        byte[] content = content(file);
        total += content.length;
        if (total > BundlePaths.MOST_BYTES) {
            tooMuch(named, BundlePaths.MOST_BYTES + " bytes", path);
        } else if (files.size() >= BundlePaths.MOST_FILES) {
            tooMuch(named, BundlePaths.MOST_FILES + " files", path);
        } else {
            files.put(path, content);
        }
    }

    /** Said once: what comes after it is too much as well. */
    private void tooMuch(FilePath named, String limit, String path) {
        if (!full) {
            full = true;
            problems.add(named.at(), "what is released has more than " + limit, "at '" + path + "'");
        }
    }

    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(BundlePaths.MOST_BYTES + 1);
        }
    }
}
