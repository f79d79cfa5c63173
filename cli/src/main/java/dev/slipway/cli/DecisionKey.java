package dev.slipway.cli;

import dev.slipway.model.Digests;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The public half of a key that decisions are signed with. Its fingerprint is computed from the key itself, and nothing that
 * the server writes around the key is repeated.
 *
 * @param fingerprint SHA-256 of the encoded key, 64 hexadecimal digits
 * @param pem as {@code decision-key.pub.pem} beside the starter
 * @param signs whether the server says that it signs with it now
 */
record DecisionKey(String fingerprint, String pem, boolean signs) {
    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");
    private static final int ID = 16;

    /** Reads one that the server has sent; a failure when it is none, or not the one that its id says. */
    static DecisionKey of(JsonNode sent) {
        byte[] encoded = decoded(sent.path("pem").asString(""));
        DecisionKey key = new DecisionKey(
                Digests.sha256(encoded).hex(), pem(encoded), sent.path("signs").asBoolean(false));
        String id = sent.path("id").asString("");
        if (!key.id().equals(id)) {
            throw wrong("the server says that key " + SafeText.line(id) + " is this one, but its id is " + key.id());
        }
        return key;
    }

    private static byte[] decoded(String pem) {
        Matcher block = PEM.matcher(pem);
        if (!block.matches()) {
            throw wrong("the server's key is no PEM of a public key");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(encoded))
                    .getEncoded();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw wrong("the server's key is no Ed25519 public key");
        }
    }

    private static Failure wrong(String why) {
        return new Failure(ExitCode.INTERNAL, why, "give it to no worker, and tell the platform team");
    }

    /** As both sides log it: the first digits of the fingerprint. */
    String id() {
        return fingerprint.substring(0, ID);
    }

    private static String pem(byte[] encoded) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                + "\n-----END PUBLIC KEY-----\n";
    }
}
