package dev.slipway.starter;

import dev.slipway.model.Actor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who a bearer token belongs to. Only hashes are kept; every one is compared, in constant time. */
@Component
class Tokens {
    private static final int LONGEST = 512;

    private final List<Known> known;

    Tokens(StarterSettings settings) {
        this.known = settings.tokens().stream()
                .map(token ->
                        new Known(HexFormat.of().parseHex(token.sha256()), new Actor(token.subject(), token.groups())))
                .toList();
    }

    /** The actor, empty when the token is nobody's. */
    Optional<Actor> actor(String token) {
        if (token.isEmpty() || token.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] hash = sha256(token);
        Optional<Actor> found = Optional.empty();
        for (Known one : known) {
            if (MessageDigest.isEqual(one.hash, hash)) {
                found = Optional.of(one.actor);
            }
        }
        return found;
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Known(byte[] hash, Actor actor) {}
}
