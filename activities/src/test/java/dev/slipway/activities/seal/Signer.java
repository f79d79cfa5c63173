package dev.slipway.activities.seal;

import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.SignedDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** Somebody with a key of his own: the starter, or one who would like to be. */
public final class Signer {
    private final KeyPair pair;

    public Signer() {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public String keyId() {
        return SignedDecision.keyId(pair.getPublic());
    }

    public SignedDecision sign(Decision decision) {
        return SignedDecision.sign(decision, keyId(), pair.getPrivate());
    }

    /** As an order carries it. */
    public String publicKey() {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    /** As the starter's decision-key.pub.pem. */
    public Path publicFile(Path folder) throws IOException {
        return Files.writeString(folder.resolve(keyId() + ".pub.pem"), publicBlock());
    }

    String publicBlock() {
        return "-----BEGIN PUBLIC KEY-----\n" + publicKey() + "\n-----END PUBLIC KEY-----\n";
    }

    String privateBlock() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
