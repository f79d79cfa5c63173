package dev.slipway.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the server is and who calls. The token is never an option: it would be seen in the process list. */
final class ServerOptions {
    static final String SET_TOKEN =
            "set SLIPWAY_TOKEN, or SLIPWAY_TOKEN_FILE to the path of a file that holds the token";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "Address of the Slipway server; default: the environment variable SLIPWAY_URL. The token comes"
                            + " from SLIPWAY_TOKEN or from the file that SLIPWAY_TOKEN_FILE names.")
    private @Nullable String server;

    /** Whether there is a server to ask. */
    boolean given(Terminal terminal) {
        return address(terminal).isPresent();
    }

    /**
     * @throws Failure when address or token are missing or malformed
     */
    Server connect(Terminal terminal) {
        String address = address(terminal)
                .orElseThrow(
                        () -> new Failure(ExitCode.USAGE, "no server to ask", "give --server URL or set SLIPWAY_URL"));
        return new Server(base(address), token(terminal));
    }

    private Optional<String> address(Terminal terminal) {
        return Optional.ofNullable(server).or(() -> terminal.variable("SLIPWAY_URL"));
    }

    private static URI base(String address) {
        String wrong = "'" + SafeText.line(address) + "' is no address of a server";
        String next = "give --server or SLIPWAY_URL as http(s)://HOST[:PORT], without user, query or fragment";
        try {
            URI uri = URI.create(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
            boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (!http || uri.getHost() == null) {
                throw new Failure(ExitCode.USAGE, wrong, next);
            }
            if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
                throw new Failure(ExitCode.USAGE, "the address of the server has more than host and path", next);
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, wrong, next);
        }
    }

    private static String token(Terminal terminal) {
        Optional<String> direct = terminal.variable("SLIPWAY_TOKEN");
        String token = direct.isPresent()
                ? direct.get()
                : terminal.variable("SLIPWAY_TOKEN_FILE")
                        .map(ServerOptions::fromFile)
                        .orElseThrow(() -> new Failure(ExitCode.DENIED, "no token to authenticate with", SET_TOKEN));
        String trimmed = token.strip();
        if (trimmed.isEmpty() || !trimmed.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new Failure(ExitCode.DENIED, "the token is empty or holds characters that no token has", SET_TOKEN);
        }
        return trimmed;
    }

    private static String fromFile(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.DENIED, "the token file " + SafeText.line(path) + " does not exist", SET_TOKEN);
        } catch (IOException e) {
            throw new Failure(ExitCode.DENIED, "the token file " + SafeText.line(path) + " cannot be read", SET_TOKEN);
        }
    }
}
