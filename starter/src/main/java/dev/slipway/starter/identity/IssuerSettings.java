package dev.slipway.starter.identity;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One issuer of tokens.
 *
 * @param name begins the name of everybody whom it vouches for, so that no issuer can make another one's
 * @param issuer the {@code iss} of its tokens, to the letter
 * @param keysUrl where its keys are (JWKS); this or {@code keysFile}
 * @param keysFile its keys in a file, read again when they may have changed
 * @param keysCaFile who signed the certificate of {@code keysUrl}, when Java's own list does not know them
 * @param keysTokenFile what to show at {@code keysUrl}, such as a Kubernetes service account's own token
 * @param algorithms what it signs with; never one with a shared secret
 * @param longestAge of a token, whatever its {@code exp} says
 * @param once whether a token is good for one change alone
 */
public record IssuerSettings(
        String name,
        IssuerKind kind,
        String issuer,
        @Nullable URI keysUrl,
        @Nullable Path keysFile,
        @Nullable Path keysCaFile,
        @Nullable Path keysTokenFile,
        @DefaultValue({"RS256", "ES256"}) Set<String> algorithms,
        @DefaultValue("1h") Duration longestAge,
        @DefaultValue("true") boolean once,
        @DefaultValue List<RuleSettings> rules) {
    /** No token counts for longer; also how long it is remembered that one was used. */
    public static final Duration LONGEST_AGE = Duration.ofHours(24);

    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    public IssuerSettings {
        if (name == null || !NAME.matcher(name).matches()) {
            throw wrong("[].name is " + (name == null ? "missing" : "'" + name + "'")
                    + ": it begins the name of everybody whom it vouches for; say up to 31 of a-z, 0-9 and -");
        }
        if (kind == null) {
            throw wrong("[" + name + "].kind is missing: say github, gitlab, kubernetes or oidc");
        }
        if (issuer == null || issuer.isBlank()) {
            throw wrong("[" + name + "].issuer is missing: say the 'iss' of its tokens, to the letter");
        }
        requireKeys(name, keysUrl, keysFile);
        requireFile(name, "keys-file", keysFile);
        requireFile(name, "keys-ca-file", keysCaFile);
        requireFile(name, "keys-token-file", keysTokenFile);
        if (algorithms.isEmpty() || !ALGORITHMS.containsAll(algorithms)) {
            throw wrong("[" + name + "].algorithms is " + algorithms
                    + ": only signatures with a private key count, which are RS, PS and ES with 256, 384 or 512");
        }
        if (longestAge.isNegative() || longestAge.isZero() || longestAge.compareTo(LONGEST_AGE) > 0) {
            throw wrong("[" + name + "].longest-age is " + longestAge + ": say more than 0 and at most 24h");
        }
        if (rules.isEmpty()) {
            throw wrong("[" + name + "].rules is missing: without a rule a token of this issuer is nobody's");
        }
        for (int i = 0; i < rules.size(); i++) {
            String where = "[" + name + "].rules[" + i + "]";
            kind.problem(rules.get(i)).ifPresent(problem -> {
                throw wrong(where + " " + problem);
            });
        }
    }

    /** Where its keys are, whichever way. */
    URI keys() {
        return keysFile == null ? Objects.requireNonNull(keysUrl) : keysFile.toUri();
    }

    private static void requireKeys(String name, @Nullable URI url, @Nullable Path file) {
        if ((url == null) == (file == null)) {
            throw wrong("[" + name + "] needs keys-url or keys-file, and not both: its keys come from nowhere else");
        }
        if (url == null) {
            return;
        }
        boolean https = "https".equals(url.getScheme());
        boolean here = "http".equals(url.getScheme()) && LOOPBACK.contains(String.valueOf(url.getHost()));
        if (url.getHost() == null || url.getRawUserInfo() != null || !(https || here)) {
            throw wrong("[" + name + "].keys-url is no address of the form https://HOST/PATH: whoever can change the"
                    + " keys on their way can be anybody (http is for this machine alone)");
        }
    }

    private static void requireFile(String name, String key, @Nullable Path file) {
        if (file != null && !Files.isReadable(file)) {
            throw wrong("[" + name + "]." + key + " is " + file + ", which is no file that can be read");
        }
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("slipway.identity.issuers" + what);
    }
}
