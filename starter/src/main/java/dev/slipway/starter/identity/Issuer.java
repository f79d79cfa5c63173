package dev.slipway.starter.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.slipway.model.Actor;
import java.text.ParseException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One issuer: its signature first, then the token's times and audience, then who its bearer is by the rules. */
final class Issuer {
    private static final Logger LOG = LoggerFactory.getLogger(Issuer.class);
    private static final int LONGEST_SHOWN = 120;

    private final IssuerSettings settings;
    private final IdentitySettings all;
    private final Set<JWSAlgorithm> algorithms;
    private final DefaultJWTProcessor<SecurityContext> signatures = new DefaultJWTProcessor<>();
    private final Validity validity;

    Issuer(IssuerSettings settings, IdentitySettings all, JWKSource<SecurityContext> keys, Clock clock) {
        this.settings = settings;
        this.all = all;
        this.algorithms =
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
        this.validity = new Validity(all.audience(), settings.longestAge(), clock);
        signatures.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        signatures.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        // what a token says is looked at in Validity, which can say what is wrong
        signatures.setJWTClaimsSetVerifier(null);
    }

    Caller caller(SignedJWT token) throws ParseException {
        requireOwnKeys(token.getHeader());
        requireSigned(token);
        JWTClaimsSet claims = token.getJWTClaimsSet();
        validity.require(claims);
        Actor actor = actor(new Claims(claims.getClaims()));
        Optional<Caller.Once> once = settings.once()
                ? Optional.of(new Caller.Once(settings.issuer(), Optional.ofNullable(claims.getJWTID())))
                : Optional.empty();
        return new Caller(actor, once);
    }

    /** A token does not say how, and with which key, it is to be checked. */
    private void requireOwnKeys(JWSHeader header) {
        if (!algorithms.contains(header.getAlgorithm())) {
            throw Untrusted.token(
                    "the token is signed with " + shown(header.getAlgorithm().getName()) + "; of " + settings.name()
                            + " only " + settings.algorithms() + " count");
        }
        boolean brings = header.getJWK() != null
                || header.getJWKURL() != null
                || header.getX509CertURL() != null
                || header.getX509CertChain() != null;
        if (brings) {
            throw Untrusted.token(
                    "the token brings a key or an address of one (jwk, jku, x5c, x5u), and such keys do not count");
        }
        if (header.getKeyID() == null) {
            throw Untrusted.token("the token does not say which key it is signed with (kid)");
        }
    }

    private void requireSigned(SignedJWT token) {
        String key = "the key '" + shown(token.getHeader().getKeyID()) + "'";
        try {
            signatures.process(token, null);
        } catch (RateLimitReachedException soon) {
            throw Untrusted.keys(key + " is none of " + settings.name()
                    + "'s that are known here, and they were looked up just now; say it again in a minute");
        } catch (KeySourceException away) {
            LOG.warn("the keys of {} ({}) cannot be had", settings.name(), settings.keys(), away);
            throw Untrusted.keys("the keys of " + settings.name() + " cannot be had: " + shown(away.getMessage()));
        } catch (BadJOSEException | JOSEException forged) {
            throw Untrusted.token("the token is not signed by " + settings.name() + " with " + key);
        }
    }

    private Actor actor(Claims claims) {
        List<RuleSettings> rules =
                settings.rules().stream().filter(rule -> matches(rule, claims)).toList();
        if (rules.isEmpty()) {
            throw Untrusted.unknown("no rule of " + settings.name() + " means a token with " + asked(claims));
        }
        String name =
                settings.name() + ":" + SubjectTemplate.fill(settings.kind().subject(rules.get(0)), claims);
        Set<String> groups = new HashSet<>();
        rules.forEach(rule -> groups.addAll(rule.groups()));
        return new Actor(person(claims).orElse(name), groups);
    }

    private boolean matches(RuleSettings rule, Claims claims) {
        return !settings.kind().refuses(rule, claims)
                && rule.when().stream()
                        .allMatch(when -> claims.texts(when.claim()).stream().anyMatch(when.is()::contains));
    }

    private Optional<String> person(Claims claims) {
        return all.people().stream()
                .filter(person -> person.issuer().equals(settings.name()))
                .filter(person -> claims.text(person.claim()).equals(Optional.of(person.is())))
                .map(IdentitySettings.Person::subject)
                .findFirst();
    }

    /** What the rules ask for, as the token has it: its bearer can see what is missing. */
    private String asked(Claims claims) {
        Stream<String> bound =
                settings.rules().stream().flatMap(rule -> rule.when().stream()).map(RuleSettings.Claim::claim);
        String text = Stream.concat(bound, Stream.of("event_name"))
                .distinct()
                .filter(claim -> !claims.texts(claim).isEmpty())
                .map(claim -> claim + " " + String.join(",", claims.texts(claim)))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "none of the claims that they ask for" : text;
    }

    /** Cut, so that nobody fills the log. */
    static String shown(@Nullable String text) {
        String whole = String.valueOf(text);
        return whole.length() <= LONGEST_SHOWN ? whole : whole.substring(0, LONGEST_SHOWN) + "…";
    }
}
