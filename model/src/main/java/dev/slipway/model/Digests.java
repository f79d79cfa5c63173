package dev.slipway.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What exactly is released: everything an approval speaks of. Evidence and decisions are void when one of them changes.
 *
 * @param chart the packed chart's content
 * @param image the container image
 * @param values the values files' content, of all stages
 * @param pipeline the content of release.yaml
 */
public record Digests(Digest chart, Digest image, Digest values, Digest pipeline) {

    /** The one digest that stands for all four; the same submission has the same fingerprint. */
    public Digest fingerprint() {
        String all = chart + "\n" + image + "\n" + values + "\n" + pipeline + "\n";
        return sha256(all.getBytes(StandardCharsets.UTF_8));
    }

    /** The digest of the bytes. */
    public static Digest sha256(byte[] content) {
        try {
            return new Digest("sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
