package dev.slipway.workflows.api;

import dev.slipway.model.Digests;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
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
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(statement(decision));
            return new SignedDecision(decision, keyId, Base64.getEncoder().encodeToString(signer.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign a decision", e);
        }
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
        String encoded = keys.get(keyId);
        if (encoded == null) {
            return false;
        }
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(encoded)));
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(statement(decision));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Every field with its length before it, so that no two decisions are the same bytes. */
    private static byte[] statement(Decision d) {
        StringBuilder text = new StringBuilder("slipway.dev/decision/v1\n");
        List<String> fields = List.of(
                d.release().toString(),
                Integer.toString(d.attempt()),
                d.gate(),
                d.fingerprint().value(),
                d.actor().subject(),
                String.join(",", new TreeSet<>(d.actor().groups())),
                d.choice().name(),
                d.reason(),
                d.nonce(),
                d.at().toString());
        fields.forEach(f -> text.append(f.length()).append(':').append(f).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
