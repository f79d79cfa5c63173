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
final class ClientCertificate extends X509ExtendedKeyManager {
    private static final Logger LOG = LoggerFactory.getLogger(ClientCertificate.class);
    private static final byte[] PROBE =
            "a key belongs to a certificate".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** Keeps what a handshake began with until it has ended, also when the next one brings something else. */
    private final AdvancedTlsX509KeyManager current = new AdvancedTlsX509KeyManager();

    private final Path certificate;
    private final SecretFile key;

    private ClientCertificate(Path certificate, SecretFile key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** @throws IllegalArgumentException when the two files cannot be used together now */
    static ClientCertificate open(Path certificate, Path key) {
        ClientCertificate opened = new ClientCertificate(certificate, new SecretFile("temporal.tls.key-file", key));
        opened.load();
        return opened;
    }

    /** Its subject and how long it holds. */
    String words() {
        X509Certificate shown = Pem.certificates("temporal.tls.certificate-file", certificate)[0];
        return shown.getSubjectX500Principal() + ", until "
                + shown.getNotAfter().toInstant();
    }

    private void load() {
        X509Certificate[] chain = Pem.certificates("temporal.tls.certificate-file", certificate);
        PrivateKey secret = Pem.key(key);
        if (chain[0].getNotAfter().toInstant().isBefore(Instant.now())) {
            throw new IllegalArgumentException("temporal.tls.certificate-file: " + certificate + " has expired at "
                    + chain[0].getNotAfter().toInstant());
        }
        if (!belong(secret, chain[0].getPublicKey())) {
            throw new IllegalArgumentException("temporal.tls: the key in " + key.path()
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
            LOG.warn("the certificate that was shown to Temporal before is shown again: {}", e.getMessage());
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
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @Override
    public String toString() {
        return "ClientCertificate[" + Arrays.asList(certificate, key.path()) + "]";
    }
}
