package dev.slipway.cli;

import dev.slipway.model.Report;
import dev.slipway.pipeline.Checked;
import dev.slipway.pipeline.EvidenceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An evidence file on disk, read once and sent as it is: the digest of its bytes goes on record.
 *
 * @param reports how many pieces are in it
 */
record EvidenceDocument(byte[] bytes, int reports) {

    /**
     * Reads and checks it, as far as it can be checked here.
     *
     * @throws Failure with all problems, or when it cannot be read
     */
    static EvidenceDocument read(Path path, Instant now) {
        byte[] bytes = content(path);
        Checked<List<Report>> checked = EvidenceFile.read(path.toString(), bytes, now);
        List<Report> reports = checked.value().orElseThrow(() -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            List<String> details = new ArrayList<>();
            checked.problems()
                    .forEach(problem ->
                            details.addAll(Arrays.asList(problem.render(text).split("\n"))));
            return new Failure(
                    ExitCode.INVALID,
                    path + " has " + PipelineFile.count(checked.problems().size()),
                    details,
                    "mend the file (docs/evidence.md)");
        });
        return new EvidenceDocument(bytes, reports.size());
    }

    private static byte[] content(Path path) {
        try {
            if (Files.size(path) > EvidenceFile.LARGEST) {
                throw new Failure(
                        ExitCode.INVALID,
                        path + " is too large: an evidence file has at most 64 KiB",
                        "keep the reports elsewhere, and give their url");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.INVALID, "there is no file " + path, "give an evidence file with --evidence");
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage()).replace(path + ": ", "");
            throw new Failure(ExitCode.INVALID, path + " cannot be read: " + why, "give an evidence file");
        }
    }
}
