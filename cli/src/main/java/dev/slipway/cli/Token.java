package dev.slipway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the caller shows to the server: asked for at each call, because some are good for minutes, or for one change alone. */
interface Token {
    String SET =
            "set SLIPWAY_TOKEN, or SLIPWAY_TOKEN_FILE to the path of a file that holds the token; in GitHub Actions"
                    + " SLIPWAY_OIDC_AUDIENCE";

    /**
     * The token for the next call.
     *
     * @param change whether the call asks for a change
     * @throws Failure when there is none, or it cannot be one
     */
    String next(boolean change);

    /** One that stays the same. */
    static Token fixed(String token) {
        String checked = checked(token);
        return change -> checked;
    }

    /** One in a file, which somebody else may replace at any time. */
    static Token inFile(String path) {
        String shown = SafeText.line(path);
        return change -> {
            try {
                return checked(Files.readString(Path.of(path)));
            } catch (NoSuchFileException e) {
                throw new Failure(ExitCode.DENIED, "the token file " + shown + " does not exist", SET);
            } catch (IOException e) {
                throw new Failure(ExitCode.DENIED, "the token file " + shown + " cannot be read", SET);
            }
        };
    }

    private static String checked(String token) {
        String trimmed = token.strip();
        if (trimmed.isEmpty() || !trimmed.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new Failure(ExitCode.DENIED, "the token is empty or holds characters that no token has", SET);
        }
        return trimmed;
    }
}
