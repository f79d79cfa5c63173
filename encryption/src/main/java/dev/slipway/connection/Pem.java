package dev.slipway.connection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys from PEM files; what cannot be used is said in a sentence that shows nothing of a key. */
final class Pem {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA");

    private Pem() {}

    /** All of a file, in its order. */
    static X509Certificate[] certificates(String setting, Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            X509Certificate[] found = CertificateFactory.getInstance("X.509").generateCertificates(content).stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            if (found.length == 0) {
                throw new IllegalArgumentException(setting + ": there is no certificate in " + file);
            }
            return found;
        } catch (IOException e) {
            throw new IllegalArgumentException(setting + ": cannot read " + file);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(setting + ": there is no PEM certificate in " + file);
        }
    }

    /** The one key of a file. */
    static PrivateKey key(SecretFile file) {
        Matcher found = KEY.matcher(file.content());
        if (!found.find()) {
            throw new IllegalArgumentException(file.setting()
                    + ": there is no unencrypted PKCS#8 key (BEGIN PRIVATE KEY) in "
                    + file.path() + "; another PEM key becomes one with: openssl pkcs8 -topk8 -nocrypt -in OLD -out "
                    + file.path());
        }
        for (String algorithm : ALGORITHMS) {
            try {
                byte[] encoded = Base64.getMimeDecoder().decode(found.group(1));
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException | IllegalArgumentException tryNext) {
                // what the decoder says shows a part of the key
            }
        }
        throw new IllegalArgumentException(file.setting() + ": " + file.path() + " holds no EC or RSA key");
    }
}
