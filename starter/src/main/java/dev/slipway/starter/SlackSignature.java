package dev.slipway.starter;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

    /** Why a request is not heard; for logs and meters, never for its sender. */
    enum Flaw {
        /** Somebody else's, or changed on its way. */
        FORGED,
        /** Slack's, and too old or from the future. */
        LATE,
        /** Slack's, and heard before. */
        REPLAYED
    }

    /** What is wrong with it; empty when it is heard, which it is once. */
    Optional<Flaw> flaw(String secret, @Nullable String timestamp, @Nullable String signature, byte[] body) {
        if (timestamp == null
                || signature == null
                || secret.isEmpty()
                || !TIMESTAMP.matcher(timestamp).matches()) {
            return Optional.of(Flaw.FORGED);
        }
        byte[] expected = expected(secret, timestamp, body).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) {
            return Optional.of(Flaw.FORGED);
        }
        long age = Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp));
        if (age > WINDOW_SECONDS) {
            return Optional.of(Flaw.LATE);
        }
        return first(signature) ? Optional.empty() : Optional.of(Flaw.REPLAYED);
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
