package dev.slipway.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that a setting names, most of them with a secret; it is read at each use, so that it can be changed without a restart.
 *
 * @param setting its whole name, for messages
 */
record SettingFile(String setting, Path path) {
    /**
     * At the start, rather than at the first use.
     *
     * @throws IllegalArgumentException naming setting and file when it cannot be read
     */
    void requireReadable() {
        if (!Files.isReadable(path)) {
            throw new IllegalArgumentException(setting + ": cannot read " + path);
        }
    }

    /** All of it, without the line end that editors add. */
    String content() {
        return String.join("\n", lines()).strip();
    }

    List<String> lines() {
        try {
            return Files.readAllLines(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + setting + " " + path, e);
        }
    }
}
