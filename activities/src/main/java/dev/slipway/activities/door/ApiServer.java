package dev.slipway.activities.door;

import dev.slipway.activities.kubernetes.KubeconfigCheck;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API server, with the worker's own credentials. */
final class ApiServer {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** To the first byte of an answer; the API server itself gives up after a minute. */
    private static final Duration ANSWER = Duration.ofSeconds(70);

    private final Path kubeconfig;
    private final URI address;
    private final HttpClient http;
    private volatile Optional<String> token;

    private ApiServer(Path kubeconfig, Config config) {
        this.kubeconfig = kubeconfig;
        this.address = URI.create(config.getMasterUrl());
        this.token = token(config);
        this.http = client(config);
    }

    static ApiServer of(Path kubeconfig) {
        KubeconfigCheck.check(kubeconfig);
        return new ApiServer(kubeconfig, Config.fromKubeconfig(kubeconfig.toFile()));
    }

    private static Optional<String> token(Config config) {
        return Optional.ofNullable(config.getAutoOAuthToken());
    }

    /** HTTP/1.1: a request that is cut off then takes nobody else's connection with it. */
    private static HttpClient client(Config config) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY);
        try {
            return builder.sslContext(SSLUtils.sslContext(config)).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificates of the kubeconfig cannot be used", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the certificates of the kubeconfig cannot be read", e);
        }
    }

    /**
     * Asks the API server.
     *
     * @param path raw path and query, from the slash on
     */
    HttpResponse<InputStream> send(String method, String path, Map<String, List<String>> headers, byte[] body)
            throws IOException, InterruptedException {
        String base = address.toString();
        String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root + path)).timeout(ANSWER).method(method, publisher(body));
        headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
            // a token in a file is replaced now and then; helm's next request has the new one
            token = token(Config.fromKubeconfig(kubeconfig.toFile()));
        }
        return answer;
    }

    private static HttpRequest.BodyPublisher publisher(byte[] body) {
        return body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
    }
}
