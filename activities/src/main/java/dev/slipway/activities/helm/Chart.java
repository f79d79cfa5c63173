package dev.slipway.activities.helm;

import dev.slipway.activities.bundle.Bundles;
import dev.slipway.model.BundleRef;
import dev.slipway.model.Image;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.FailureType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A chart with the values of one side, from an unpacked bundle.
 *
 * @param folder of the chart
 */
record Chart(Path folder, Values values) {
    /**
     * Reads it.
     *
     * @throws io.temporal.failure.ApplicationFailure INVALID_INPUT naming the file that is wrong
     */
    static Chart read(Bundles bundles, BundleRef ref, List<String> valuesFiles, Image image, Optional<Weight> canary) {
        Path bundle = bundles.folder(ref.digest());
        Path folder = inside(bundle, ref.chart());
        if (!Files.isRegularFile(folder.resolve("Chart.yaml"))) {
            throw FailureType.INVALID_INPUT.failure("the bundle has no chart at '" + ref.chart() + "'");
        }
        Values values = Values.empty();
        for (String file : valuesFiles) {
            values = over(values, file, inside(bundle, file));
        }
        try {
            values = values.withImage(image);
        } catch (IllegalArgumentException e) {
            throw FailureType.INVALID_INPUT.failure(String.valueOf(e.getMessage()));
        }
        return new Chart(folder, canary.isPresent() ? canary(values, canary.get(), folder) : values);
    }

    /** Its name and version: {@code podinfo-6.9.2}. */
    String title() {
        try {
            var about = HelmYaml.documents(Files.readString(folder.resolve("Chart.yaml")))
                    .get(0);
            return about.get("name") + "-" + about.get("version");
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw FailureType.INVALID_INPUT.failure("the chart's Chart.yaml cannot be read");
        }
    }

    /** Whether some release of it may have hooks. A packed dependency counts as if it had some. */
    boolean hasHooks() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).anyMatch(Chart::mentionsHook);
        } catch (IOException e) {
            return true;
        }
    }

    /** The files with CRDs that it brings along. */
    List<String> crds() {
        Path crds = folder.resolve("crds");
        if (!Files.isDirectory(crds)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(crds)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw FailureType.INVALID_INPUT.failure("the chart's folder crds cannot be read");
        }
    }

    private static boolean mentionsHook(Path file) {
        if (file.toString().endsWith(".tgz")) {
            return true;
        }
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(RenderedObject.HOOK);
        } catch (IOException e) {
            return true;
        }
    }

    private static Values canary(Values values, Weight highest, Path folder) {
        Path defaults = folder.resolve("values.yaml");
        Values chart = Files.exists(defaults) ? over(Values.empty(), "values.yaml", defaults) : Values.empty();
        return values.forCanary(highest, chart);
    }

    private static Values over(Values values, String name, Path file) {
        try {
            return values.over(Files.readString(file));
        } catch (IOException e) {
            throw FailureType.INVALID_INPUT.failure("the bundle has no readable values file '" + name + "'");
        } catch (IllegalArgumentException e) {
            throw FailureType.INVALID_INPUT.failure("values file '" + name + "': " + e.getMessage());
        }
    }

    /** Links are resolved: what is named in a bundle is in the bundle. */
    private static Path inside(Path bundle, String relative) {
        try {
            Path root = bundle.toRealPath();
            Path path = root.resolve(relative).toRealPath();
            if (path.startsWith(root)) {
                return path;
            }
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw FailureType.INVALID_INPUT.failure(
                    "the bundle has no '" + relative.replaceAll("\\p{Cntrl}", "?") + "'");
        }
        throw FailureType.INVALID_INPUT.failure("'" + relative + "' points out of the bundle");
    }
}
