package dev.slipway.starter.identity;

import dev.slipway.model.Actor;
import java.util.Optional;

/**
 * Who asks.
 *
 * @param once set when the token is good for one change alone
 */
public record Caller(Actor actor, Optional<Once> once) {
    /** A caller who may say as much as the grants allow. */
    public static Caller of(Actor actor) {
        return new Caller(actor, Optional.empty());
    }

    /**
     * One token of one issuer.
     *
     * @param jti empty when the issuer gave it none
     */
    public record Once(String issuer, Optional<String> jti) {}
}
