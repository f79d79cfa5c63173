package dev.slipway.encryption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** A folder of keys, as an administrator makes it. */
public final class KeyFiles {
    private final Path folder;

    public KeyFiles(Path folder) {
        try {
            this.folder = Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** Makes a new key; one of this id that was there is gone. */
    public KeyFiles make(String id) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return write(id, Base64.getEncoder().encodeToString(key) + "\n");
    }

    /** Writes whatever this is where the key belongs. */
    KeyFiles write(String id, String content) {
        try {
            Path file = Files.writeString(file(id), content);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings a key from there, as one does who distributes a new one. */
    public KeyFiles bring(String id, KeyFiles from) {
        try {
            return write(id, Files.readString(from.file(id)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public KeyFiles remove(String id) {
        try {
            Files.delete(file(id));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path file(String id) {
        return folder.resolve(id + ".key");
    }

    /** As a process that starts now, and encrypts with this key. */
    public Encryption active(String id) {
        return new Encryption(folder.toString(), id);
    }

    /** As a process that starts now, and encrypts nothing. */
    public Encryption passive() {
        return new Encryption(folder.toString(), null);
    }
}
