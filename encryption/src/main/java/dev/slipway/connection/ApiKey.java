package dev.slipway.connection;

import io.temporal.authorization.AuthorizationTokenSupplier;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bearer token that goes with each call, read each time, so that it can be changed; the one before counts while the file cannot be used. */
final class ApiKey implements AuthorizationTokenSupplier {
    private static final Logger LOG = LoggerFactory.getLogger(ApiKey.class);
    /** What fits into a header; a token of more than one line is a file of something else. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private final SecretFile file;
    private volatile String last;
    private volatile boolean told;

    private ApiKey(SecretFile file, String first) {
        this.file = file;
        this.last = first;
    }

    /** @throws IllegalArgumentException when the file cannot be used now */
    static ApiKey open(Path path) {
        SecretFile file = new SecretFile("temporal.api-key-file", path);
        return new ApiKey(file, read(file));
    }

    @Override
    public String supply() {
        try {
            last = read(file);
            told = false;
        } catch (IllegalArgumentException e) {
            if (!told) {
                LOG.warn("the API key that was sent to Temporal before is sent again: {}", e.getMessage());
                told = true;
            }
        }
        return last;
    }

    private static String read(SecretFile file) {
        String token = file.content();
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    file.setting() + ": " + file.path() + " must hold one API key and nothing else");
        }
        return token;
    }
}
