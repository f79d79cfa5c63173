package dev.slipway.starter;

import dev.slipway.model.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder of files by their digest, for the starter's own user alone: each is written once and never changed. */
final class DigestFolder {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final String kind;
    private final String ending;

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
    Optional<byte[]> read(Digest digest) {
        try {
            return Optional.of(Files.readAllBytes(file(digest)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the " + kind + " " + digest, e);
        }
    }

    /** What is here; files of other names are none of ours. */
    List<Digest> digests() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .filter(name -> HEX.matcher(name).matches())
                    .map(hex -> new Digest("sha256:" + hex))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the " + kind + " store " + folder, e);
        }
    }

    /** Moves one to another folder on the same disk, unless somebody else has: there is no moment at which it is in neither. */
    void move(Digest digest, DigestFolder to) {
        try {
            Files.move(file(digest), to.file(digest), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException moved) {
            // another starter with the same folder was faster
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move the " + kind + " " + digest + " to " + to.folder, e);
        }
    }

    /** Removes what was written before that moment. */
    void clear(Instant before) {
        for (Digest digest : digests()) {
            try {
                if (Files.getLastModifiedTime(file(digest)).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file(digest));
                }
            } catch (NoSuchFileException gone) {
                // another starter with the same folder was faster
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove the " + kind + " " + digest + " from " + folder, e);
            }
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private Path file(Digest digest) {
        return folder.resolve(digest.hex() + ending);
    }
}
