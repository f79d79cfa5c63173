package dev.slipway.cli;

import dev.slipway.model.Digest;
import dev.slipway.pipeline.Bundle;
import dev.slipway.pipeline.Checked;
import dev.slipway.pipeline.ImageReference;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.PipelineReader;
import dev.slipway.pipeline.Problem;
import dev.slipway.pipeline.RegistryClient;
import dev.slipway.pipeline.RegistryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A release.yaml on disk, read once. */
final class PipelineFile {
    private static final long LARGEST = 4L << 20;

    private final Path path;
    private final byte[] bytes;

    /**
     * @throws Failure when it cannot be read
     */
    PipelineFile(Path path) {
        this.path = path;
        try {
            if (Files.size(path) > LARGEST) {
                throw new Failure(ExitCode.INVALID, name() + " is too large for a pipeline", "give a release.yaml");
            }
            this.bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new Failure(
                    ExitCode.INVALID, "there is no file " + name(), "give the path of a release.yaml with -f");
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage()).replace(path + ": ", "");
            throw new Failure(ExitCode.INVALID, name() + " cannot be read: " + why, "give a release.yaml with -f");
        }
    }

    String name() {
        return path.toString();
    }

    /** Everything that the file alone can tell. */
    Checked<Pipeline> check() {
        return PipelineReader.read(name(), bytes);
    }

    /** The problem, the line it is in, and a mark below the place; a line each. */
    List<String> lines(Problem problem) {
        return Arrays.asList(
                problem.render(new String(bytes, StandardCharsets.UTF_8)).split("\n"));
    }

    /**
     * The pipeline.
     *
     * @throws Failure with all problems of the file
     */
    Pipeline pipeline() {
        return orFail(check());
    }

    /**
     * Chart, values and pipeline as one archive.
     *
     * @throws Failure with all problems: what the file names is not there, or must not be packed
     */
    Bundle pack(Pipeline pipeline) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            return orFail(Bundle.pack(folder == null ? path.toAbsolutePath() : folder, pipeline));
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.INVALID,
                    "what " + name() + " names cannot be read: " + e.getMessage(),
                    "check the chart and the values files");
        }
    }

    /**
     * The digest of the version's image: the one given, or the one that the tag has in the registry now.
     *
     * @param given by {@code --image-digest}
     */
    static Digest image(Pipeline pipeline, String tag, Optional<Digest> given) {
        if (given.isPresent()) {
            return given.get();
        }
        try {
            return new RegistryClient()
                    .resolve(ImageReference.of(pipeline.image().repository(), tag));
        } catch (RegistryException | IllegalArgumentException e) {
            throw new Failure(
                    ExitCode.INVALID, String.valueOf(e.getMessage()), "push the image first, or give --image-digest");
        }
    }

    private <T> T orFail(Checked<T> checked) {
        return checked.value().orElseThrow(() -> {
            List<String> details = new ArrayList<>();
            checked.problems().forEach(p -> details.addAll(lines(p)));
            return new Failure(
                    ExitCode.INVALID,
                    name() + " has " + count(checked.problems().size()),
                    details,
                    "mend the file, then: slipway validate -f " + name());
        });
    }

    static String count(int problems) {
        return problems == 1 ? "1 problem" : problems + " problems";
    }
}
