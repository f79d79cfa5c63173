package dev.slipway.connection;

import io.grpc.util.AdvancedTlsX509TrustManager;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may have signed Temporal's certificate: a file that is read at each handshake; what it said before holds while it cannot be. */
final class Authorities extends X509ExtendedTrustManager {
    private static final Logger LOG = LoggerFactory.getLogger(Authorities.class);

    private final Path file;
    private final AdvancedTlsX509TrustManager current;

    private Authorities(Path file, AdvancedTlsX509TrustManager current) {
        this.file = file;
        this.current = current;
    }

    /** @throws IllegalArgumentException when the file cannot be used now */
    static Authorities open(Path file) {
        try {
            Authorities opened = new Authorities(
                    file, AdvancedTlsX509TrustManager.newBuilder().build());
            opened.load();
            return opened;
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private void load() {
        X509Certificate[] signers = Pem.certificates("temporal.tls.ca-file", file);
        try {
            current.updateTrustCredentials(signers);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("temporal.tls.ca-file: cannot use " + file + ": " + e.getMessage());
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        synchronized (this) {
            try {
                load();
            } catch (IllegalArgumentException e) {
                LOG.warn("who may have signed Temporal's certificate is as before: {}", e.getMessage());
            }
        }
        current.checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        current.checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        current.checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return current.getAcceptedIssuers();
    }
}
