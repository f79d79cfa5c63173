package dev.slipway.workflows.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;

/** Bytes that the starter signs with Ed25519 (RFC 8032): a kind, and fields with their length before them. */
final class Statement {
    private static final String ALGORITHM = "Ed25519";

    private final StringBuilder text = new StringBuilder();

    /**
     * @param kind so that a statement of one kind is never one of another
     */
    Statement(String kind) {
        text.append("slipway.dev/").append(kind).append("/v1\n");
    }

    /** The length before each field keeps two statements from being the same bytes. */
    Statement with(String field) {
        text.append(field.length()).append(':').append(field).append('\n');
        return this;
    }

    private byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The signature in Base64. */
    String sign(PrivateKey key) {
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(key);
            signer.update(bytes());
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign a statement", e);
        }
    }

    /**
     * Whether the signature is of this statement by the key of that id.
     *
     * @param keys key id to X.509 public key in Base64
     */
    boolean isSigned(String signature, String keyId, Map<String, String> keys) {
        String encoded = keys.get(keyId);
        if (encoded == null) {
            return false;
        }
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(encoded)));
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(bytes());
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
