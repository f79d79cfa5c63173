package dev.slipway.workflows.api;

import dev.slipway.model.Digests;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Map;
import java.util.TreeSet;

/**
 * A decision and the starter's Ed25519 signature (RFC 8032) of it. A signal or update sent by hand has none that verifies,
 * whatever name it claims.
 *
 * @param signature Base64
 */
public record SignedDecision(Decision decision, String keyId, String signature) {
    private static final int KEY_ID_LENGTH = 16;

    /** Signs with the starter's key. */
    public static SignedDecision sign(Decision decision, String keyId, PrivateKey key) {
        return new SignedDecision(decision, keyId, statement(decision).sign(key));
    }

    /** The name of a key, out of what it is: the first 16 hexadecimal digits of the SHA-256 of its X.509 encoding. */
    public static String keyId(PublicKey key) {
        return Digests.sha256(key.getEncoded()).hex().substring(0, KEY_ID_LENGTH);
    }

    /** Whether every field is there: what is sent by hand may lack any. */
    public boolean complete() {
        return decision != null && keyId != null && signature != null && decision.complete();
    }

    /**
     * Whether the signature is of this decision by one of the keys.
     *
     * @param keys key id to X.509 public key in Base64, frozen when the release started
     */
    public boolean verifies(Map<String, String> keys) {
        return statement(decision).isSigned(signature, keyId, keys);
    }

    private static Statement statement(Decision d) {
        return new Statement("decision")
                .with(d.release().toString())
                .with(Integer.toString(d.attempt()))
                .with(d.gate())
                .with(d.fingerprint().value())
                .with(d.actor().subject())
                .with(String.join(",", new TreeSet<>(d.actor().groups())))
                .with(d.choice().name())
                .with(d.reason())
                .with(d.nonce())
                .with(d.at().toString());
    }
}
