package dev.slipway.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.util.http.SlackHttpClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.FormBody;
import okhttp3.Response;

/**
 * Slack's Web API by slack-api-client: one call is one request, which ends within a limit. Answers are handed on as Slack sends
 * them and not as the library's types, which make doubles of the numbers in our metadata and have to know every block that
 * anybody else has put into a channel.
 */
public final class WebApi {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Slack slack;
    private final Duration limit;

    /**
     * Calls end after 5 s.
     *
     * @param base such as {@code https://slack.com/api/}
     */
    public WebApi(URI base) {
        this(base, LIMIT);
    }

    /**
     * @param base such as {@code https://slack.com/api/}
     * @param limit after which a call ends, whatever it waits for
     */
    public WebApi(URI base, Duration limit) {
        this.slack = slack(base, (int) limit.toMillis());
        this.limit = limit;
    }

    private static Slack slack(URI base, int millis) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(base.toString().replaceAll("/+$", "") + "/");
        config.setHttpClientCallTimeoutMillis(millis);
        config.setHttpClientReadTimeoutMillis(millis);
        config.setHttpClientWriteTimeoutMillis(millis);
        // its counts of calls are in memory, of one process; when to call again is what Slack's own 429 says
        config.setStatsEnabled(false);
        // it takes HTTP_PROXY for loopback too; without one of its own it obeys the JVM, as everything else here
        config.setProxyUrl(null);
        // OkHttp sends a POST anew when a connection breaks, and what Slack had done before would stand there twice
        SlackHttpClient http = new SlackHttpClient(SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                .retryOnConnectionFailure(false)
                .build());
        http.setConfig(config);
        return Slack.getInstance(config, http);
    }

    /** After which a call ends. */
    public Duration limit() {
        return limit;
    }

    /**
     * @param arguments a form's; what is structured is JSON in it
     * @param token goes into a header and nowhere else
     * @throws IOException when there is no answer within the limit
     */
    public Answer call(String method, Map<String, String> arguments, String token) throws IOException {
        FormBody.Builder form = new FormBody.Builder();
        arguments.forEach(form::add);
        try (Response response = slack.methods().runPostFormWithToken(form, method, token)) {
            return new Answer(
                    response.code(),
                    Optional.ofNullable(response.header("Retry-After")),
                    response.body().string());
        }
    }

    /**
     * Posts to an address that Slack has given out, such as a {@code response_url}.
     *
     * @return the status
     * @throws IOException when there is no answer within the limit
     * @throws IllegalArgumentException when it is no address
     */
    public int post(String url, String json) throws IOException {
        return slack.send(url, json).getCode();
    }

    /**
     * Opens a connection over which Slack sends what people do, and keeps it open.
     *
     * @param token asked for at each opening; an app-level one ({@code xapp-})
     */
    public Socket socket(Supplier<String> token, Socket.Ear ear) {
        return new Socket(slack, token, ear);
    }
}
