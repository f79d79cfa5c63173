package dev.slipway.starter.identity;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Fetches keys from the one address that is configured: no redirect, a limit for time and for size. */
final class KeyFetch implements ResourceRetriever {
    private static final int MOST = 256 * 1024;
    /** Kubernetes answers 406 to whoever does not accept the first. */
    private static final String ACCEPTED = "application/jwk-set+json, application/json";

    private final HttpClient http;
    private final Optional<Path> shown;
    private final Duration limit;

    private KeyFetch(HttpClient http, Optional<Path> shown, Duration limit) {
        this.http = http;
        this.shown = shown;
        this.limit = limit;
    }

    static KeyFetch of(IssuerSettings issuer, Duration limit) {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit)
                .followRedirects(HttpClient.Redirect.NEVER);
        Path authority = issuer.keysCaFile();
        if (authority != null) {
            http.sslContext(trusting(authority));
        }
        return new KeyFetch(http.build(), Optional.ofNullable(issuer.keysTokenFile()), limit);
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url.toString())).header("Accept", ACCEPTED);
        if (shown.isPresent()) {
            request.header(
                    "Authorization", "Bearer " + Files.readString(shown.get()).strip());
        }
        Body body = new Body();
        HttpResponse<Void> answer = answer(request.build(), body);
        if (answer.statusCode() != 200) {
            throw new IOException(url + " answered " + answer.statusCode());
        }
        return new Resource(body.text(), "application/json");
    }

    private HttpResponse<Void> answer(HttpRequest request, Body body) throws IOException {
        CompletableFuture<HttpResponse<Void>> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArrayConsumer(body::take));
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException(request.uri() + " did not answer within " + limit, e);
        } catch (ExecutionException e) {
            throw new IOException(request.uri() + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static SSLContext trusting(Path authority) {
        try (InputStream file = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                trusted.setCertificateEntry("ca-" + number++, one);
            }
            if (number == 0) {
                throw new IllegalArgumentException(authority + " holds no certificate (PEM)");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(authority + " holds no certificates (PEM)", e);
        }
    }

    /** What has come so far. */
    private static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        synchronized void take(Optional<byte[]> part) {
            if (bytes.size() + part.map(some -> some.length).orElse(0) > MOST) {
                throw new IllegalStateException("more than " + MOST / 1024 + " KiB of keys");
            }
            part.ifPresent(bytes::writeBytes);
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
