package dev.slipway.starter;

import dev.slipway.model.Digests;
import dev.slipway.starter.identity.Caller;
import dev.slipway.starter.identity.IssuerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The tokens that have asked for a change: each an empty file, named by a hash. A file can be made only once, also by two
 * starters that share the folder, and it is still there after a restart.
 */
@Component
class UsedTokens {
    /** Longer than any token counts. */
    private static final Duration KEPT = IssuerSettings.LONGEST_AGE.plusHours(1);

    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);

    private final Path folder;
    private Instant swept = Instant.EPOCH;

    UsedTokens(StarterSettings settings) {
        this.folder = settings.data().resolve("used-tokens");
    }

    /**
     * Goes on when the token has not asked for a change before.
     *
     * @throws Refusal 401 token-used
     */
    void use(Caller.Once token) {
        String jti = token.jti().filter(id -> !id.isBlank()).orElseThrow(Refusal::tokenWithoutId);
        String name = Digests.sha256((token.issuer() + "\n" + jti).getBytes(StandardCharsets.UTF_8))
                .hex();
        try {
            PrivateFiles.folder(folder);
            Files.createFile(folder.resolve(name));
            sweep();
        } catch (FileAlreadyExistsException again) {
            throw Refusal.tokenUsed();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remember in " + folder + " that a token was used", e);
        }
    }

    private synchronized void sweep() throws IOException {
        Instant now = Instant.now();
        if (now.isBefore(swept.plus(BETWEEN_SWEEPS))) {
            return;
        }
        swept = now;
        try (Stream<Path> all = Files.list(folder)) {
            for (Path one : all.toList()) {
                forget(one, now.minus(KEPT));
            }
        }
    }

    private static void forget(Path one, Instant before) throws IOException {
        try {
            if (Files.getLastModifiedTime(one).toInstant().isBefore(before)) {
                Files.delete(one);
            }
        } catch (NoSuchFileException gone) {
            // another starter was there first
        }
    }
}
