package dev.slipway.starter.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a genuine token is for us, and for now. Clocks may differ by a minute. */
final class Validity {
    static final Duration SKEW = Duration.ofSeconds(60);

    private final String audience;
    private final Duration longestAge;
    private final Clock clock;

    Validity(String audience, Duration longestAge, Clock clock) {
        this.audience = audience;
        this.longestAge = longestAge;
        this.clock = clock;
    }

    void require(JWTClaimsSet claims) {
        // another audience beside ours could show the token here as its own
        if (!claims.getAudience().equals(List.of(audience))) {
            throw Untrusted.token("the token is for "
                    + Issuer.shown(claims.getAudience().toString()) + ", not for " + audience + " alone");
        }
        Instant now = clock.instant();
        Instant expires = required("exp", claims.getExpirationTime());
        Instant issued = required("iat", claims.getIssueTime());
        if (now.minus(SKEW).isAfter(expires)) {
            throw Untrusted.token("the token expired at " + expires);
        }
        if (now.plus(SKEW).isBefore(issued)) {
            throw Untrusted.token("the token was issued at " + issued + ", which is still to come; it is " + now);
        }
        Date from = claims.getNotBeforeTime();
        if (from != null && now.plus(SKEW).isBefore(from.toInstant())) {
            throw Untrusted.token("the token counts from " + from.toInstant() + " on; it is " + now);
        }
        if (now.minus(SKEW).minus(longestAge).isAfter(issued)) {
            throw Untrusted.token("the token is of " + issued + ", and counts for " + longestAge + " at most");
        }
    }

    private static Instant required(String claim, @Nullable Date time) {
        if (time == null) {
            throw Untrusted.token("the token has no " + claim);
        }
        return time.toInstant();
    }
}
