package dev.slipway.cli;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ServiceName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The REST API of the starter. Redirects are not followed: the token goes to the address that was given and nowhere else. */
final class Server {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final long LARGEST_ANSWER = 16L << 20;
    private static final int TOO_MANY = 429;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    /** How long a change waits altogether for its turn when the server says that there is too much. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final URI base;
    private final Token token;
    private final Consumer<String> tell;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Server(URI base, Token token) {
        this(base, token, said -> {});
    }

    /**
     * @param tell is told when a change has to wait for its turn
     */
    Server(URI base, Token token, Consumer<String> tell) {
        this.tell = tell;
        this.base = base;
        this.token = token;
    }

    /** A release as the server shows it now. */
    JsonNode release(ReleaseId id) {
        return get(path(id), Map.of());
    }

    /**
     * The releases that match.
     *
     * @param filters service, phase, environment; without those that are not asked for
     * @param most how many; {@code cursor} is there when there are more
     */
    JsonNode releases(Map<String, String> filters, int most) {
        return new Pages("releases", query -> get("/api/v1/releases", query)).first(filters, most);
    }

    /** What a release changes in an environment, as people were asked about it. */
    JsonNode diff(ReleaseId id, EnvironmentName environment) {
        return get(path(id) + "/diff", Map.of("environment", environment.value()));
    }

    /** All that is on record of a release. */
    JsonNode facts(ReleaseId id) {
        return new Pages("facts", query -> get(path(id) + "/facts", query)).all(Map.of());
    }

    /**
     * What runs where.
     *
     * @param filters service, environment; without those that are not asked for
     */
    JsonNode registry(Map<String, String> filters) {
        return new Pages("entries", query -> get("/api/v1/registry", query)).all(filters);
    }

    /** What decisions are signed with. */
    JsonNode keys() {
        return get("/api/v1/keys", Map.of());
    }

    /**
     * Asks for something to be done with a release.
     *
     * @param what the last part of the path, such as {@code abort}
     */
    Answer act(ReleaseId id, String what, Map<String, ?> body) {
        return post(path(id) + "/" + what, "application/json", Json.line(body).getBytes(StandardCharsets.UTF_8));
    }

    /** Hands in evidence, as the bytes of its file. */
    Answer attest(ReleaseId id, byte[] document) {
        return post(path(id) + "/evidence", "application/json", document);
    }

    /** Asks for a slot to be put back; answers the recovery, which runs. */
    JsonNode recover(ServiceName service, EnvironmentName environment, Map<String, ?> body) {
        byte[] document = Json.line(body).getBytes(StandardCharsets.UTF_8);
        return post(slot(service, environment) + "/recover", "application/json", document)
                .document();
    }

    /** A recovery as it is now. */
    JsonNode recovery(ServiceName service, EnvironmentName environment, String run) {
        return get(slot(service, environment) + "/recovery", Map.of("run", run));
    }

    private static String slot(ServiceName service, EnvironmentName environment) {
        return "/api/v1/slots/" + encoded(service.value()) + "/" + encoded(environment.value());
    }

    /**
     * Sends a document, with a token for a change; the answer may be any of 2xx. What the server has no time for is sent again
     * when it says so, with the same token, which is not used up by that.
     */
    Answer post(String path, String contentType, byte[] body) {
        HttpRequest request = request(path, Map.of(), true)
                .timeout(ANSWER)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        Said said = send(request);
        for (long left = PATIENCE.toSeconds(); said.later(left); said = send(request)) {
            left -= Math.max(1, said.after());
            tell.accept("the server has too much to do for this caller; trying again in " + said.after() + " s");
            pause(said.after());
        }
        return answer(request, said);
    }

    /** Opens the stream of a release's events, whatever the status; the caller closes the body. */
    HttpResponse<InputStream> events(ReleaseId id) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(path(id) + "/events", Map.of(), false).timeout(ANSWER);
        return http.send(
                request.setHeader("Accept", "text/event-stream").build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    /** What the server said: the status and its document. */
    record Answer(int status, JsonNode document) {}

    private JsonNode get(String path, Map<String, String> query) {
        return answer(request(path, query, false).timeout(ANSWER).GET().build()).document();
    }

    private HttpRequest.Builder request(String path, Map<String, String> query, boolean change) {
        String parameters = query.entrySet().stream()
                .map(e -> e.getKey() + "=" + encoded(e.getValue()))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(URI.create(base + path + (parameters.isEmpty() ? "" : "?" + parameters)))
                .header("Authorization", "Bearer " + token.next(change))
                .header("User-Agent", "slipway/" + VersionText.number())
                .header("Accept", "application/json, application/problem+json");
    }

    /** @param after what {@code Retry-After} says, in seconds; -1 when it says nothing */
    private record Said(int status, String body, long after) {
        /** Whether to wait for another answer, for at most so many seconds. */
        boolean later(long left) {
            return status == TOO_MANY && after >= 0 && Math.max(1, after) <= left;
        }
    }

    private Answer answer(HttpRequest request) {
        return answer(request, send(request));
    }

    private Answer answer(HttpRequest request, Said said) {
        if (said.status() / 100 != 2) {
            throw refusal(said.status(), said.body(), request.uri());
        }
        return new Answer(said.status(), Json.read(said.body().isBlank() ? "{}" : said.body()));
    }

    private static void pause(long seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERNAL, "interrupted", "");
        }
    }

    private static long after(HttpResponse<?> response) {
        String text = response.headers().firstValue("Retry-After").orElse("");
        return SECONDS.matcher(text).matches() ? Long.parseLong(text) : -1;
    }

    private Said send(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            String body;
            try (InputStream stream = response.body()) {
                body = new String(stream.readNBytes((int) LARGEST_ANSWER), StandardCharsets.UTF_8);
            }
            return new Said(response.statusCode(), body, after(response));
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERNAL, "interrupted", "");
        }
    }

    /** The address of a release. */
    URI about(ReleaseId id) {
        return URI.create(base + path(id));
    }

    /** The failure that a problem document stands for, wherever it came from. */
    Failure refusal(int status, String body, URI about) {
        String[] path = about.getPath().substring(base.getPath().length()).split("/");
        boolean ofRelease = path.length > 4 && path[3].equals("releases");
        return Refusal.of(status, body, base, "slipway get" + (ofRelease ? " " + path[4] : ""));
    }

    private Failure unreachable(IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : SafeText.line(e.getMessage());
        if (e instanceof java.net.ConnectException && e.getMessage() == null) {
            why = "connection refused, or the name is unknown";
        }
        return new Unreachable("cannot reach the server at " + base + ": " + why);
    }

    private static String path(ReleaseId id) {
        return "/api/v1/releases/" + encoded(id.service().value()) + "@"
                + encoded(id.version().value());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
