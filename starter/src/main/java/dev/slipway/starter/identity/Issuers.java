package dev.slipway.starter.identity;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** All whose tokens count. A token is looked at by the issuer that it names, to the letter, and by no other. */
@Component
public class Issuers {
    private static final int LONGEST = 8 * 1024;

    private final Map<String, Issuer> byName = new HashMap<>();

    Issuers(IdentitySettings settings) {
        for (IssuerSettings issuer : settings.issuers()) {
            byName.put(issuer.issuer(), new Issuer(issuer, settings, Keys.of(issuer), Clock.systemUTC()));
        }
    }

    /** Whether this is written like a token of an issuer, and there is any. */
    public boolean concerns(String token) {
        return !byName.isEmpty() && token.chars().filter(c -> c == '.').count() == 2;
    }

    /**
     * Whose token it is.
     *
     * @throws Untrusted when it is nobody's
     */
    public Caller caller(String token) {
        if (token.length() > LONGEST) {
            throw Untrusted.token("the token is longer than " + LONGEST / 1024 + " KiB");
        }
        try {
            SignedJWT signed = SignedJWT.parse(token);
            String named = signed.getJWTClaimsSet().getIssuer();
            Issuer issuer = byName.get(named);
            if (issuer == null) {
                throw Untrusted.token(
                        "the token is of the issuer '" + Issuer.shown(named) + "', which is none of those here");
            }
            return issuer.caller(signed);
        } catch (ParseException e) {
            throw Untrusted.token("the token is no signed JWT");
        }
    }
}
