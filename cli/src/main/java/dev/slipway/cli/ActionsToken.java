package dev.slipway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The id token of a GitHub Actions job, fetched from GitHub. A new one for each change, because the server takes a token for
 * one change alone; one that is young enough for everything else.
 */
final class ActionsToken implements Token {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** GitHub's tokens are good for five minutes. */
    private static final Duration YOUNG = Duration.ofMinutes(2);

    private static final int MOST = 64 * 1024;
    private static final String ALLOW =
            "give the job permissions: { id-token: write, contents: read }; jobs of a fork's pull request never get it";

    private final URI address;
    private final String bearer;
    private final Terminal terminal;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(LIMIT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private @Nullable String kept;
    private Instant keptAt = Instant.EPOCH;

    private ActionsToken(URI address, String bearer, Terminal terminal) {
        this.address = address;
        this.bearer = bearer;
        this.terminal = terminal;
    }

    /**
     * @param audience what the server's {@code slipway.identity.audience} is
     * @throws Failure when this is no job that may ask for one
     */
    static ActionsToken of(Terminal terminal, String audience) {
        String url = terminal.variable("ACTIONS_ID_TOKEN_REQUEST_URL").orElse("");
        String bearer = terminal.variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN").orElse("");
        if (url.isEmpty() || bearer.isEmpty()) {
            throw new Failure(
                    ExitCode.DENIED,
                    "SLIPWAY_OIDC_AUDIENCE is set, but this is no GitHub Actions job that may ask for an id token",
                    ALLOW);
        }
        String parameter = "audience=" + URLEncoder.encode(audience, StandardCharsets.UTF_8);
        try {
            URI address = URI.create(url + (url.contains("?") ? "&" : "?") + parameter);
            if (address.getHost() != null && ("https".equals(address.getScheme()) || loopback(address))) {
                return new ActionsToken(address, bearer, terminal);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new Failure(ExitCode.DENIED, "ACTIONS_ID_TOKEN_REQUEST_URL is no https address", ALLOW);
    }

    private static boolean loopback(URI address) {
        return "http".equals(address.getScheme()) && "127.0.0.1".equals(address.getHost());
    }

    @Override
    public synchronized String next(boolean change) {
        Instant now = terminal.clock().instant();
        String token = kept;
        if (change || token == null || now.isAfter(keptAt.plus(YOUNG))) {
            token = fetched();
            kept = token;
            keptAt = now;
        }
        return token;
    }

    private String fetched() {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + bearer)
                .header("Accept", "application/json")
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            String body;
            try (InputStream stream = response.body()) {
                body = new String(stream.readNBytes(MOST), StandardCharsets.UTF_8);
            }
            return value(response.statusCode(), body);
        } catch (IOException e) {
            throw away("GitHub does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERNAL, "interrupted", "");
        }
    }

    private static String value(int status, String body) {
        if (status / 100 == 5 || status == 429) {
            throw away("GitHub answered " + status);
        }
        if (status != 200) {
            throw new Failure(ExitCode.DENIED, "GitHub gives this job no id token: it answered " + status, ALLOW);
        }
        JsonNode token = Json.read(body).path("value");
        if (!token.isString()) {
            throw new Failure(ExitCode.DENIED, "GitHub's answer holds no id token", ALLOW);
        }
        return Token.fixed(token.asString()).next(false);
    }

    /** Whoever follows a release asks again. */
    private static Unreachable away(String what) {
        return new Unreachable(
                "no id token could be fetched: " + what,
                List.of(),
                "run the command again; what was started goes on without it");
    }
}
