package dev.slipway.starter;

import dev.slipway.model.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** A folder of files by their digest, for the starter's own user alone: each is written once and never changed. */
final class DigestFolder {
    private final Path folder;
    private final String kind;
    private final String ending;

    /** How a file is read. */
    @FunctionalInterface
    interface Reading<T> {
        T of(Path file) throws IOException;
    }

    /**
     * Makes the folder.
     *
     * @param kind what the files are, such as {@code bundle}
     * @param ending of their names, such as {@code .tgz}
     */
    DigestFolder(Path folder, String kind, String ending) {
        this.folder = folder;
        this.kind = kind;
        this.ending = ending;
        try {
            PrivateFiles.folder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the " + kind + " store " + folder, e);
        }
    }

    /**
     * Keeps one, unless it is there.
     *
     * @param content asked for only then; what the digest is of
     */
    void keep(Digest digest, Supplier<byte[]> content) {
        Path file = file(digest);
        if (Files.exists(file)) {
            return;
        }
        try {
            PrivateFiles.write(file, content.get());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the " + kind + " " + digest, e);
        }
    }

    /** What is there, empty when it is not here. */
    <T> Optional<T> read(Digest digest, Reading<T> reading) {
        try {
            return Optional.of(reading.of(file(digest)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the " + kind + " " + digest, e);
        }
    }

    private Path file(Digest digest) {
        return folder.resolve(digest.hex() + ending);
    }
}
