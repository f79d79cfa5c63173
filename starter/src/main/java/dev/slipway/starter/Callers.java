package dev.slipway.starter;

import dev.slipway.starter.identity.Caller;
import dev.slipway.starter.identity.Issuers;
import dev.slipway.starter.identity.Untrusted;
import org.springframework.stereotype.Component;

/** Who a bearer token belongs to: to somebody who was given a static one, or to whom an issuer vouches for. */
@Component
class Callers {
    private final Tokens tokens;
    private final Issuers issuers;

    Callers(Tokens tokens, Issuers issuers) {
        this.tokens = tokens;
        this.issuers = issuers;
    }

    /**
     * The caller.
     *
     * @throws Refusal 401 not-authenticated, 403 not-allowed when a genuine token is nobody's, 503 issuer-unreachable
     */
    Caller of(String token) {
        return tokens.actor(token).map(Caller::of).orElseGet(() -> vouched(token));
    }

    private Caller vouched(String token) {
        if (!issuers.concerns(token)) {
            throw Refusal.notAuthenticated(true);
        }
        try {
            return issuers.caller(token);
        } catch (Untrusted untrusted) {
            throw Refusal.untrusted(untrusted);
        }
    }
}
