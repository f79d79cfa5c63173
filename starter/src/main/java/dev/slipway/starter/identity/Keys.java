package dev.slipway.starter.identity;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An issuer's keys: kept for minutes, looked up again when a token names one that is not among them, though not at every such
 * token, and kept for a day while the issuer is away.
 */
final class Keys {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration WHILE_AWAY = Duration.ofHours(24);
    /** Tokens with made-up keys are not passed on as load. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private Keys() {}

    static JWKSource<SecurityContext> of(IssuerSettings issuer) {
        return of(issuer, KEPT, PAUSE, LIMIT);
    }

    /**
     * The issuer's keys.
     *
     * @param kept how long before they are looked up again in any case
     * @param pause two look-ups in this time
     * @param limit for one look-up
     */
    static JWKSource<SecurityContext> of(IssuerSettings issuer, Duration kept, Duration pause, Duration limit) {
        Path file = issuer.keysFile();
        ResourceRetriever source = file == null ? KeyFetch.of(issuer, limit) : inFile(file);
        try {
            return JWKSourceBuilder.create(issuer.keys().toURL(), source)
                    // whoever comes while one looks them up waits for it a little longer than that may take
                    .cache(kept.toMillis(), limit.plusSeconds(1).toMillis())
                    .refreshAheadCache(false)
                    .rateLimited(pause.toMillis())
                    .outageTolerant(WHILE_AWAY.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(
                    "slipway.identity.issuers[" + issuer.name() + "] has no address of keys", e);
        }
    }

    private static ResourceRetriever inFile(Path file) {
        return url -> new Resource(Files.readString(file), "application/jwk-set+json");
    }
}
