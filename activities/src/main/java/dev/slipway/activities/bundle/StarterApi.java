package dev.slipway.activities.bundle;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.function.Supplier;

/** The starter's API as a worker asks it: with the worker's own token, and no redirects. */
final class StarterApi {
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final Supplier<String> token;

    /**
     * @param base the starter's address, such as {@code https://slipway.example.com}
     * @param token this worker's bearer token, asked for at each request
     * @throws IllegalArgumentException when the address is no plain http or https URL
     */
    StarterApi(URI base, Supplier<String> token) {
        boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
        if (!http || base.getHost() == null || base.getUserInfo() != null) {
            throw new IllegalArgumentException("'" + base.getScheme() + "://" + base.getHost()
                    + "' is no address of a starter; write https://HOST, without user and password");
        }
        this.base = base;
        this.token = token;
    }

    HttpClient client() {
        return client;
    }

    /**
     * Without a limit in time, which is whoever's who sends it.
     *
     * @param path below the starter's address, such as {@code /api/v1/bundles/sha256:…}
     */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(base.getPath().replaceAll("/+$", "") + path))
                .header("Authorization", "Bearer " + token.get());
    }

    /** For a person: {@code the starter slipway.example.com}. */
    @Override
    public String toString() {
        return "the starter " + base.getHost();
    }
}
