package dev.slipway.starter;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request is Slack's: an HMAC over its very bytes, compared in constant time, of these five minutes, and heard for
 * the first time.
 */
final class SlackSignature {
    private static final long WINDOW_SECONDS = 300;
    private static final Duration MEMORY = Duration.ofMinutes(10);
    private static final Pattern TIMESTAMP = Pattern.compile("\\d{1,12}");
    private static final String ALGORITHM = "HmacSHA256";

    private final Clock clock;
    private final Map<String, Long> heard = new LinkedHashMap<>();

    SlackSignature(Clock clock) {
        this.clock = clock;
    }

    /**
     * Goes on when it is, once.
     *
     * @throws Refusal 401 without a word on what is wrong with it
     */
    void require(String secret, @Nullable String timestamp, @Nullable String signature, byte[] body) {
        if (timestamp == null
                || signature == null
                || secret.isEmpty()
                || !TIMESTAMP.matcher(timestamp).matches()) {
            throw Refusal.notSigned();
        }
        byte[] expected = expected(secret, timestamp, body).getBytes(StandardCharsets.US_ASCII);
        boolean same = MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
        long age = Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp));
        if (!same || age > WINDOW_SECONDS || !first(signature)) {
            throw Refusal.notSigned();
        }
    }

    private synchronized boolean first(String signature) {
        long now = clock.millis();
        heard.values().removeIf(at -> at < now - MEMORY.toMillis());
        return heard.putIfAbsent(signature, now) == null;
    }

    private static String expected(String secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.US_ASCII));
            return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
