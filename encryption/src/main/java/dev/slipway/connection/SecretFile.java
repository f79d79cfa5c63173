package dev.slipway.connection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * A file whose content nobody else may know; none of it is ever in a message.
 *
 * @param setting its whole name, for messages
 */
public record SecretFile(String setting, Path path) {
    /** Its group may read it: Kubernetes gives a mounted Secret to the pod's group, not to its user. */
    private static final Set<PosixFilePermission> ALLOWED = Set.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ);

    /**
     * What is in it now, without the line end that editors add.
     *
     * @throws IllegalArgumentException naming setting and file
     */
    public String content() {
        try {
            if (!ALLOWED.containsAll(Files.getPosixFilePermissions(path))) {
                throw new IllegalArgumentException(
                        setting + ": others than its owner can use " + path + "; chmod 600 " + path);
            }
            return Files.readString(path, StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(setting + ": cannot read " + path);
        }
    }
}
