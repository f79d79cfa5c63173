package dev.slipway.activities.seal;

import dev.slipway.workflows.api.SignedDecision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public keys of the starter that a worker trusts: read once, from its own files, never from a workflow. */
public final class SealKeys {
    private static final Pattern PUBLIC =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    private static final long MOST_BYTES = 16_384;

    private final SortedMap<String, String> byId;

    private SealKeys(SortedMap<String, String> byId) {
        this.byId = byId;
    }

    /**
     * Reads the files, each with the public half of one key as the starter writes it ({@code decision-key.pub.pem}).
     *
     * @throws IllegalArgumentException naming the file that cannot be used, and why
     */
    public static SealKeys of(Collection<Path> files) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("keys is missing: name the file with the starter's public key"
                    + " (decision-key.pub.pem in its data-dir)");
        }
        SortedMap<String, String> byId = new TreeMap<>();
        for (Path file : files) {
            PublicKey key = read(file);
            byId.put(SignedDecision.keyId(key), Base64.getEncoder().encodeToString(key.getEncoded()));
        }
        return new SealKeys(byId);
    }

    private static PublicKey read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException(file + " is too large for a public key");
            }
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (text.contains("PRIVATE KEY")) {
                throw new IllegalArgumentException(file + " holds a private key, with which anybody could approve:"
                        + " give this worker the public half alone (decision-key.pub.pem), and make a new key pair if"
                        + " this file was meant to reach it");
            }
            Matcher block = PUBLIC.matcher(text);
            if (!block.find()) {
                throw new IllegalArgumentException(
                        file + " has no block 'PUBLIC KEY': copy decision-key.pub.pem from the starter's data-dir");
            }
            byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
            if (block.find()) {
                throw new IllegalArgumentException(file + " has several public keys: name a file for each");
            }
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read " + file + " (" + e.getClass().getSimpleName() + ")", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " holds no Ed25519 public key", e);
        }
    }

    /** Key id to X.509 in Base64, as {@link SignedDecision#verifies} takes them. */
    Map<String, String> verifiers() {
        return byId;
    }

    /** For people: {@code key 0123456789abcdef}. */
    @Override
    public String toString() {
        return (byId.size() == 1 ? "key " : "one of the keys ") + String.join(", ", byId.keySet());
    }
}
