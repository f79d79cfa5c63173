package dev.slipway.starter.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An issuer of tokens: keys of its own, served as JWKS on a loopback port, and everything that it may do wrong. */
public final class FakeIssuer implements AutoCloseable {
    public static final String AUDIENCE = "https://slipway.example.com";

    public final String url;
    public final RSAKey key = rsa("key-1");
    public final ECKey curve = ec("key-2");
    private final AtomicInteger lookUps = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<JWK> served = new ArrayList<>();
    private volatile int status = 200;
    private volatile String location = "";
    private volatile int padding;
    private volatile boolean silent;
    private final CountDownLatch closed = new CountDownLatch(1);

    public FakeIssuer(String url) {
        this.url = url;
        served.add(key);
        served.add(curve);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public String keysUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
    }

    public int lookUps() {
        return lookUps.get();
    }

    /** From now on it answers so. */
    public FakeIssuer answers(int with) {
        status = with;
        return this;
    }

    /** From now on it sends whoever asks there. */
    public FakeIssuer redirects(String to) {
        status = 302;
        location = to;
        return this;
    }

    /** Its answer is longer by so many bytes. */
    public FakeIssuer padded(int bytes) {
        padding = bytes;
        return this;
    }

    /** From now on it takes questions and says nothing. */
    public FakeIssuer hangs() {
        silent = true;
        return this;
    }

    public synchronized RSAKey rotate(String kid) {
        RSAKey fresh = rsa(kid);
        served.add(fresh);
        return fresh;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            lookUps.incrementAndGet();
            if (silent) {
                closed.await();
            }
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().set("Location", location);
            }
            boolean accepted = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"))
                    .contains("application/jwk-set+json");
            byte[] body = document().getBytes(StandardCharsets.UTF_8);
            // as Kubernetes does
            exchange.sendResponseHeaders(accepted ? status : 406, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized String document() {
        return new JWKSet(served).toPublicJWKSet() + " ".repeat(padding);
    }

    /** What a token of this issuer says when nothing is wrong with it. */
    public Map<String, Object> claims() {
        Map<String, Object> claims = new HashMap<>();
        Instant now = Instant.now();
        claims.put("iss", url);
        claims.put("aud", AUDIENCE);
        claims.put("sub", "somebody");
        claims.put("iat", at(now));
        claims.put("nbf", at(now));
        claims.put("exp", at(now.plusSeconds(300)));
        claims.put("jti", UUID.randomUUID().toString());
        return claims;
    }

    /** As above, of a push to the main branch of one repository. */
    public Map<String, Object> push() {
        Map<String, Object> claims = claims();
        claims.put("sub", "repo:acme/podinfo:ref:refs/heads/main");
        claims.put("repository", "acme/podinfo");
        claims.put("repository_id", "1234567");
        claims.put("repository_owner", "acme");
        claims.put("repository_owner_id", "42");
        claims.put("ref", "refs/heads/main");
        claims.put("event_name", "push");
        claims.put("actor", "ann");
        claims.put("actor_id", "583231");
        return claims;
    }

    public static Date at(Instant time) {
        return Date.from(time);
    }

    public String sign(Map<String, Object> claims) {
        return sign(claims, key, header -> header);
    }

    public static String sign(Map<String, Object> claims, RSAKey key, UnaryOperator<JWSHeader.Builder> more) {
        JWSHeader.Builder header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).type(JOSEObjectType.JWT);
        return signed(more.apply(header).build(), claims, key);
    }

    public String signOnTheCurve(Map<String, Object> claims) {
        try {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .keyID(curve.getKeyID())
                    .build();
            SignedJWT token = new SignedJWT(header, set(claims));
            token.sign(new ECDSASigner(curve));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String signed(JWSHeader header, Map<String, Object> claims, RSAKey key) {
        try {
            SignedJWT token = new SignedJWT(header, set(claims));
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    public static JWTClaimsSet set(Map<String, Object> claims) {
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder();
        claims.forEach(set::claim);
        return set.build();
    }

    public static RSAKey rsa(String kid) {
        try {
            return new RSAKeyGenerator(2048).keyID(kid).keyUse(KeyUse.SIGNATURE).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static ECKey ec(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(kid)
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
