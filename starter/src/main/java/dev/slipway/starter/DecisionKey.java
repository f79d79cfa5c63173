package dev.slipway.starter;

import dev.slipway.model.Digests;
import dev.slipway.workflows.api.Attestation;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.SignedAttestation;
import dev.slipway.workflows.api.SignedDecision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The Ed25519 key that decisions are signed with. Its public half is frozen into every release at its start, so a starter
 * with another key cannot decide on releases that run: keep the file.
 */
@Component
class DecisionKey {
    private static final Logger LOG = LoggerFactory.getLogger(DecisionKey.class);
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final KeyPair pair;
    private final String id;
    private final String publicKey;

    @Autowired
    DecisionKey(StarterSettings settings) {
        this(settings.key());
    }

    /**
     * Reads the key pair, or makes one when the file is not there.
     *
     * @throws IllegalStateException when the file can be read by others, or holds no key pair
     */
    DecisionKey(Path file) {
        try {
            pair = Files.exists(file) ? read(file) : make(file);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot use the decision key " + file + ": " + e.getMessage(), e);
        }
        byte[] encoded = pair.getPublic().getEncoded();
        publicKey = Base64.getEncoder().encodeToString(encoded);
        id = SignedDecision.keyId(pair.getPublic());
        LOG.info("decisions are signed with key {} of {}, in full {}", id, file, Digests.sha256(encoded));
        publish(file);
    }

    SignedDecision sign(Decision decision) {
        return SignedDecision.sign(decision, id, pair.getPrivate());
    }

    SignedAttestation sign(Attestation attestation) {
        return SignedAttestation.sign(attestation, id, pair.getPrivate());
    }

    /** What a release checks decisions and evidence with. */
    Map<String, String> verifiers() {
        return Map.of(id, publicKey);
    }

    /** The first digits of the digest of {@link #pem()}'s content, as it is logged at the start. */
    String id() {
        return id;
    }

    /** The public half, as {@code decision-key.pub.pem} has it; the private one never leaves this class. */
    String pem() {
        return block("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    /**
     * The public half beside the pair, for the workers that check approvals themselves. A file in a folder that is read only,
     * such as a mounted secret, is no reason not to start.
     */
    private void publish(Path file) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.pem$", "");
        Path beside = file.resolveSibling(name + ".pub.pem");
        byte[] text = pem().getBytes(StandardCharsets.US_ASCII);
        try {
            if (Files.exists(beside) && Arrays.equals(Files.readAllBytes(beside), text)) {
                return;
            }
            Files.write(beside, text);
            LOG.info("the public half, for slipway.environment.approvals.keys of workers, is {}", beside);
        } catch (IOException e) {
            LOG.warn(
                    "cannot write the public half of the decision key to {} ({}); workers that check approvals get it with:"
                            + " openssl pkey -in {} -pubout",
                    beside,
                    e.getClass().getSimpleName(),
                    file);
        }
    }

    private static KeyPair make(Path file) throws IOException, GeneralSecurityException {
        KeyPair made = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String text = block("PRIVATE KEY", made.getPrivate().getEncoded())
                + block("PUBLIC KEY", made.getPublic().getEncoded());
        PrivateFiles.write(file, text.getBytes(StandardCharsets.US_ASCII));
        LOG.warn("there was no decision key: made a new one, {}; keep it, running releases trust no other", file);
        return made;
    }

    private static KeyPair read(Path file) throws IOException, GeneralSecurityException {
        if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
            throw new IOException("others than its owner can use it; chmod 600 " + file);
        }
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        KeyFactory keys = KeyFactory.getInstance("Ed25519");
        KeyPair pair = new KeyPair(
                keys.generatePublic(new X509EncodedKeySpec(bytes(text, "PUBLIC KEY"))),
                keys.generatePrivate(new PKCS8EncodedKeySpec(bytes(text, "PRIVATE KEY"))));
        requireMatch(pair);
        return pair;
    }

    private static void requireMatch(KeyPair pair) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(pair.getPublic());
        signature.update((byte) 1);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("its public key is not that of its private key");
        }
    }

    private static String block(String kind, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    private static byte[] bytes(String text, String kind) throws GeneralSecurityException {
        Matcher block = Pattern.compile("-----BEGIN " + kind + "-----([A-Za-z0-9+/=\\s]+)-----END " + kind + "-----")
                .matcher(text);
        if (!block.find()) {
            throw new GeneralSecurityException("it has no block " + kind);
        }
        return Base64.getMimeDecoder().decode(block.group(1));
    }
}
