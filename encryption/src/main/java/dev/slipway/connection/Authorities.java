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

/** Who may have signed the other side's certificate: a file that is read at each handshake; what it said before holds while it cannot be. */
final class Authorities extends X509ExtendedTrustManager {
    private static final Logger LOG = LoggerFactory.getLogger(Authorities.class);

    private final String setting;
    private final Path file;
    private final AdvancedTlsX509TrustManager current;

    private Authorities(String setting, Path file, AdvancedTlsX509TrustManager current) {
        this.setting = setting;
        this.file = file;
        this.current = current;
    }

    /**
     * @param setting its whole name, for messages
     * @throws IllegalArgumentException when the file cannot be used now
     */
    static Authorities open(String setting, Path file) {
        try {
            Authorities opened = new Authorities(
                    setting, file, AdvancedTlsX509TrustManager.newBuilder().build());
            opened.load();
            return opened;
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private void load() {
        X509Certificate[] signers = Pem.certificates(setting, file);
        try {
            current.updateTrustCredentials(signers);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(setting + ": cannot use " + file + ": " + e.getMessage());
        }
    }

    private synchronized void refresh() {
        try {
            load();
        } catch (IllegalArgumentException e) {
            LOG.warn("who may have signed a certificate is as before: {}", e.getMessage());
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        refresh();
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
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        refresh();
        current.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        current.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        current.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return current.getAcceptedIssuers();
    }
}
