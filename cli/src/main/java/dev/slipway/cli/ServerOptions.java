package dev.slipway.cli;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the server is and who calls. The token is never an option: it would be seen in the process list. */
final class ServerOptions {
    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "Address of the Slipway server; default: the environment variable SLIPWAY_URL. The token comes"
                            + " from SLIPWAY_TOKEN or from the file that SLIPWAY_TOKEN_FILE names, read at each call;"
                            + " in GitHub Actions the job's id token is fetched for SLIPWAY_OIDC_AUDIENCE.")
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
        return new Server(base(address), token(terminal), terminal.err()::println);
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

    private static Token token(Terminal terminal) {
        Optional<Token> given = terminal.variable("SLIPWAY_TOKEN")
                .map(Token::fixed)
                .or(() -> terminal.variable("SLIPWAY_TOKEN_FILE").map(ServerOptions::inFile))
                .or(() -> terminal.variable("SLIPWAY_OIDC_AUDIENCE").map(to -> ActionsToken.of(terminal, to)));
        return given.orElseThrow(() -> new Failure(ExitCode.DENIED, "no token to authenticate with", Token.SET));
    }

    /** Looked at once before anything else is done. */
    private static Token inFile(String path) {
        Token token = Token.inFile(path);
        token.next(false);
        return token;
    }
}
