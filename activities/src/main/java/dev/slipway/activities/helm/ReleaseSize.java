package dev.slipway.activities.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How large Helm's record of a release will be: the chart's files and the manifest, packed. A Secret holds 1 MiB; Helm
 * finds out only when it stores the record.
 */
final class ReleaseSize {
    private static final long LIMIT = 1 << 20;

    private final Path chart;
    private final Manifest manifest;

    ReleaseSize(Path chart, Manifest manifest) {
        this.chart = chart;
        this.manifest = manifest;
    }

    /** Why it does not fit, empty when it does. */
    Optional<String> objection() {
        long size = packed();
        return size <= LIMIT
                ? Optional.empty()
                : Optional.of("Helm's record of the release would have about " + (size >> 10)
                        + " KiB, and a Secret holds 1024: leave out of the chart what it does not need (.helmignore)");
    }

    /** Base64 of the gzip, as Helm writes it; files are in Base64 inside of it too. */
    private long packed() {
        try (Stream<Path> files = Files.walk(chart);
                Packed packed = new Packed()) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                packed.write(Base64.getEncoder().encode(Files.readAllBytes(file)));
            }
            return (packed.size() + manifest.packed()) * 4 / 3;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the chart at " + chart, e);
        }
    }
}
