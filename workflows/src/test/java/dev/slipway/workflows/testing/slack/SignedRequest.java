package dev.slipway.workflows.testing.slack;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request as Slack sends it to an app: a form, signed over its very bytes.
 *
 * @param timestamp seconds since 1970
 */
public record SignedRequest(String body, long timestamp, String signature) {
    /** Slack hangs up after that. */
    static final Duration SLACKS_PATIENCE = Duration.ofSeconds(3);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static SignedRequest of(String body, long timestamp, String secret) {
        return new SignedRequest(body, timestamp, sign(body, timestamp, secret));
    }

    /** An interaction: a click, or a modal that was handed in. */
    public static SignedRequest interaction(String payload, long timestamp, String secret) {
        return of("payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8), timestamp, secret);
    }

    private static String sign(String body, long timestamp, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] all = ("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.UTF_8);
            return "v0=" + HexFormat.of().formatHex(mac.doFinal(all));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Sends it as it stands, valid or not.
     *
     * @throws AssertionError when there is none in time
     */
    public HttpResponse<String> send(URI to, Duration patience) {
        HttpRequest request = HttpRequest.newBuilder(to)
                .timeout(patience)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Slack-Request-Timestamp", Long.toString(timestamp))
                .header("X-Slack-Signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
