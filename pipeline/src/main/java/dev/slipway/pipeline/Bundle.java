package dev.slipway.pipeline;

import dev.slipway.model.BundleRef;
import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is released, as one immutable set of files: {@code release.yaml}, the chart's folder below {@code chart/}, and the
 * values files below {@code values/}. The digest is over the contents, so it is the same whoever packed them, wherever.
 */
public final class Bundle {
    /** Where the pipeline file is. */
    public static final String PIPELINE = "release.yaml";
    /** The chart's folder. */
    public static final String CHART = "chart";

    private static final String VALUES = "values";

    private final SortedMap<String, byte[]> files;
    private final Digest digest;

    Bundle(SortedMap<String, byte[]> files) {
        this.files = new TreeMap<>(files);
        this.digest = digest("");
    }

    /**
     * Packs what a pipeline names. Slipway's own limits hold: 2000 files, 8 MiB, 1 MiB compressed; symbolic links are
     * refused; what version control and editors leave (such as .git) is left out.
     *
     * @param folder the folder of release.yaml
     * @return problems at the place in release.yaml that names what is missing or cannot be packed
     * @throws IOException when a file cannot be read
     */
    public static Checked<Bundle> pack(Path folder, Pipeline pipeline) throws IOException {
        return new BundlePacker(folder, pipeline).pack();
    }

    /**
     * Reads an archive that somebody sent. Nothing is written anywhere.
     *
     * @throws BundleException when it is no bundle, breaks a limit, or has an entry other than a plain file with a plain path
     */
    public static Bundle read(byte[] archive) {
        return new Bundle(BundleArchive.read(archive));
    }

    /**
     * Reads what {@link #unpackTo} has written, as it is now; its digest tells whether it still is the same.
     *
     * @throws BundleException when there is anything else than plain files with plain paths, or more than a bundle may have
     * @throws IOException when a file cannot be read
     */
    public static Bundle unpacked(Path folder) throws IOException {
        return new Bundle(BundleFolder.read(folder));
    }

    /** Where a values file of release.yaml is inside a bundle. */
    static String valuesPath(String path) {
        return VALUES + "/" + path;
    }

    /** A gzipped tar of the files, sorted, without times and owners; deterministic for one version of zlib. */
    public byte[] archive() {
        return BundleArchive.write(files);
    }

    /** The digest of all files by path and content; not of the archive's bytes. */
    public Digest digest() {
        return digest;
    }

    /** The reference that travels in a workflow instead of the bundle. */
    public BundleRef ref() {
        return new BundleRef(digest, CHART);
    }

    /**
     * The digests of a release of this bundle.
     *
     * @param image of the container image, which is not in the bundle
     */
    public Digests digests(Digest image) {
        return new Digests(
                digest(CHART + "/"),
                image,
                digest(VALUES + "/"),
                Digests.sha256(files.getOrDefault(PIPELINE, new byte[0])));
    }

    /** The pipeline of this bundle, checked again: also that every file that it names is here, and nothing else. */
    public Checked<Pipeline> pipeline() {
        Checked<Pipeline> read = PipelineReader.read(PIPELINE, files.getOrDefault(PIPELINE, new byte[0]));
        return read.then(this::complete);
    }

    private Checked<Pipeline> complete(Pipeline pipeline) {
        Problems problems = new Problems(PIPELINE);
        List<String> named = new ArrayList<>();
        for (Pipeline.Stage stage : pipeline.stages()) {
            for (FilePath file : stage.values()) {
                named.add(valuesPath(file.path()));
                if (!files.containsKey(valuesPath(file.path()))) {
                    problems.add(file.at(), "values file '" + file.path() + "' is not in the bundle");
                }
            }
        }
        files.keySet().stream()
                .filter(path -> path.startsWith(VALUES + "/") && !named.contains(path))
                .forEach(path -> problems.add(
                        Position.START, "the bundle has " + Wording.quote(path) + ", which no stage names"));
        return problems.none() ? new Checked.Valid<>(pipeline) : problems.invalid();
    }

    /** The paths inside the bundle, sorted. */
    public List<String> paths() {
        return List.copyOf(files.keySet());
    }

    /** The content of a file, empty when there is none at this path. */
    public Optional<byte[]> file(String path) {
        return Optional.ofNullable(files.get(path)).map(byte[]::clone);
    }

    /**
     * Writes the files below a folder that does not exist yet.
     *
     * @throws IOException when the folder exists or a file cannot be written
     */
    public void unpackTo(Path folder) throws IOException {
        Files.createDirectory(folder);
        Path root = folder.toRealPath();
        for (String path : files.keySet()) {
            Path target = root.resolve(path).normalize();
            if (!target.startsWith(root)) {
                throw new BundleException("'" + path + "' leads out of the bundle");
            }
            Files.createDirectories(target.getParent() == null ? root : target.getParent());
            Files.write(target, files.getOrDefault(path, new byte[0]), StandardOpenOption.CREATE_NEW);
        }
    }

    /** Over the lines {@code sha256:... path} of the files below a prefix, which is cut off. */
    private Digest digest(String prefix) {
        StringBuilder lines = new StringBuilder();
        files.forEach((path, content) -> {
            if (path.startsWith(prefix)) {
                lines.append(Digests.sha256(content))
                        .append("  ")
                        .append(path.substring(prefix.length()))
                        .append('\n');
            }
        });
        return Digests.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
