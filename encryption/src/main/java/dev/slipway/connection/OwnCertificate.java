package dev.slipway.connection;

import io.grpc.util.AdvancedTlsX509KeyManager;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process shows of itself in a handshake. The files are read at each handshake, so that a renewed certificate is
 * shown without a restart; while they cannot be used, the pair before is.
 */
final class OwnCertificate extends X509ExtendedKeyManager {
    private static final Logger LOG = LoggerFactory.getLogger(OwnCertificate.class);
    private static final byte[] PROBE =
            "a key belongs to a certificate".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** Keeps what a handshake began with until it has ended, also when the next one brings something else. */
    private final AdvancedTlsX509KeyManager current = new AdvancedTlsX509KeyManager();

    private final String settings;
    private final Path certificate;
    private final SecretFile key;

    private OwnCertificate(String settings, Path certificate, SecretFile key) {
        this.settings = settings;
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * @param settings what {@code .certificate-file} and {@code .key-file} stand under, for messages
     * @throws IllegalArgumentException when the two files cannot be used together now
     */
    static OwnCertificate open(String settings, Path certificate, Path key) {
        OwnCertificate opened = new OwnCertificate(settings, certificate, new SecretFile(settings + ".key-file", key));
        opened.load();
        return opened;
    }

    /** Its subject and how long it holds. */
    String words() {
        X509Certificate shown = Pem.certificates(settings + ".certificate-file", certificate)[0];
        return shown.getSubjectX500Principal() + ", until "
                + shown.getNotAfter().toInstant();
    }

    private void load() {
        X509Certificate[] chain = Pem.certificates(settings + ".certificate-file", certificate);
        PrivateKey secret = Pem.key(key);
        if (chain[0].getNotAfter().toInstant().isBefore(Instant.now())) {
            throw new IllegalArgumentException(settings + ".certificate-file: " + certificate + " has expired at "
                    + chain[0].getNotAfter().toInstant());
        }
        if (!belong(secret, chain[0].getPublicKey())) {
            throw new IllegalArgumentException(settings + ": the key in " + key.path()
                    + " is not that of the first certificate in " + certificate);
        }
        current.updateIdentityCredentials(chain, secret);
    }

    private static boolean belong(PrivateKey secret, PublicKey open) {
        String algorithm = secret.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(secret);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private synchronized void refresh() {
        try {
            load();
        } catch (IllegalArgumentException e) {
            LOG.warn("the certificate that was shown before is shown again: {}", e.getMessage());
        }
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
        refresh();
        return current.chooseEngineClientAlias(types, issuers, engine);
    }

    @Override
    public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, Socket socket) {
        refresh();
        return current.chooseClientAlias(types, issuers, socket);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return current.getPrivateKey(alias);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return current.getCertificateChain(alias);
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
        return current.getClientAliases(type, issuers);
    }

    @Override
    public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
        return current.getServerAliases(type, issuers);
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, SSLEngine engine) {
        refresh();
        return current.chooseEngineServerAlias(type, issuers, engine);
    }

    @Override
    public String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
        refresh();
        return current.chooseServerAlias(type, issuers, socket);
    }

    @Override
    public String toString() {
        return "OwnCertificate[" + Arrays.asList(certificate, key.path()) + "]";
    }
}
