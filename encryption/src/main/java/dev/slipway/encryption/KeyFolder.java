package dev.slipway.encryption;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys, a file each: {@code 2026-11.key} holds the key {@code 2026-11}, 32 bytes in Base64. A key that was added is
 * found when it is asked for; one whose file was removed or changed is forgotten when the process ends.
 */
final class KeyFolder {
    /** Short enough for what Temporal takes as a summary, and no path. */
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,31}");

    private static final String SUFFIX = ".key";
    private static final int KEY_BYTES = 32;
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path folder;
    private final Map<String, SecretKey> known = new ConcurrentHashMap<>();

    private KeyFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads all keys that are there.
     *
     * @throws IllegalArgumentException names the file that cannot be used, and shows nothing of its content
     */
    static KeyFolder open(Path folder) {
        KeyFolder opened = new KeyFolder(folder);
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .forEach(opened::require);
            return opened;
        } catch (IOException e) {
            throw new IllegalArgumentException("slipway.encryption.keys: cannot read the folder " + folder, e);
        }
    }

    /** The key of this id, empty when there is none. */
    Optional<SecretKey> find(String id) {
        return isId(id) && (known.containsKey(id) || Files.exists(file(id)))
                ? Optional.of(require(id))
                : Optional.empty();
    }

    /** The key of this id. */
    SecretKey require(String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException("slipway.encryption: '" + id + "' in " + folder
                    + " is no id of a key: it has lower-case letters, digits, dots and dashes, 32 at most");
        }
        return known.computeIfAbsent(id, this::read);
    }

    /** Of all keys that were read. */
    Set<String> ids() {
        return new TreeSet<>(known.keySet());
    }

    /** Where the key of this id belongs. */
    Path file(String id) {
        return folder.resolve(id + SUFFIX);
    }

    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    private SecretKey read(String id) {
        Path file = file(id);
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw unusable(file, "others than its owner can use it; chmod 600 " + file);
            }
            byte[] key = decoded(
                    file, Files.readString(file, StandardCharsets.US_ASCII).strip());
            if (key.length != KEY_BYTES) {
                throw unusable(file, "it has " + key.length + " bytes, not " + KEY_BYTES);
            }
            return new SecretKeySpec(key, "AES");
        } catch (IOException e) {
            throw unusable(
                    file,
                    "it cannot be read. Where no key of this id was ever made:"
                            + " (umask 077; head -c 32 /dev/urandom | base64 > " + file + ")");
        }
    }

    /** Without what the decoder says: it shows a part of the key. */
    private static byte[] decoded(Path file, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw unusable(file, "it is no Base64");
        }
    }

    private static IllegalArgumentException unusable(Path file, String why) {
        return new IllegalArgumentException("cannot use the key " + file + ": " + why);
    }
}
