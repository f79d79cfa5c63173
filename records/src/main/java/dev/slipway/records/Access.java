package dev.slipway.records;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a process reaches the records, {@code slipway.records} in the settings.
 *
 * @param url of PostgreSQL, {@code jdbc:postgresql://HOST/DATABASE}; empty when there are no records
 * @param passwordFile read at each new connection, so it can be changed; none when the server asks for no password
 * @param migrate whether this process makes and upgrades the tables itself, so that its user must own them
 */
public record Access(
        String url, @Nullable String user, @Nullable Path passwordFile, boolean migrate) {
    public Access {
        url = url == null ? "" : url.strip();
        if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "slipway.records.url must begin with jdbc:postgresql:, such as jdbc:postgresql://db/slipway");
        }
        if (!url.isEmpty() && (user == null || user.isBlank())) {
            throw new IllegalArgumentException("slipway.records.url needs slipway.records.user");
        }
        if (url.contains("password=")) {
            throw new IllegalArgumentException(
                    "slipway.records.url holds a password: put it into a file and name it in slipway.records.password-file");
        }
        if (passwordFile != null && !Files.isReadable(passwordFile)) {
            throw new IllegalArgumentException("slipway.records.password-file: cannot read " + passwordFile);
        }
    }

    /** Whether there are records at all. */
    public boolean given() {
        return !url.isEmpty();
    }

    /** The password as it is now, without the line end that editors add. */
    Optional<String> password() {
        return Optional.ofNullable(passwordFile).map(Access::content);
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read slipway.records.password-file " + file, e);
        }
    }
}
