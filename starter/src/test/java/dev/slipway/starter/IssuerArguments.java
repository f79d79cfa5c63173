package dev.slipway.starter;

import dev.slipway.starter.identity.FakeIssuer;
import java.util.ArrayList;
import java.util.List;

/** Settings of {@code slipway.identity}, as arguments. */
final class IssuerArguments {
    private final List<String> all = new ArrayList<>(List.of("--slipway.identity.audience=" + FakeIssuer.AUDIENCE));
    private int issuers = -1;
    private int rules;
    private int claims;
    private int people;

    IssuerArguments issuer(String name, String kind, String url, String... more) {
        issuers++;
        rules = -1;
        set("name", name).set("kind", kind).set("issuer", url);
        for (String one : more) {
            all.add(at() + one);
        }
        return this;
    }

    private IssuerArguments set(String key, String value) {
        all.add(at() + key + "=" + value);
        return this;
    }

    private String at() {
        return "--slipway.identity.issuers[" + issuers + "].";
    }

    /** A rule for all that follows. */
    IssuerArguments rule(String groups, String... more) {
        rules++;
        claims = 0;
        all.add(at() + "rules[" + rules + "].groups=" + groups);
        for (String one : more) {
            all.add(at() + "rules[" + rules + "]." + one);
        }
        return this;
    }

    IssuerArguments when(String claim, String is) {
        String where = at() + "rules[" + rules + "].when[" + claims++ + "].";
        all.add(where + "claim=" + claim);
        all.add(where + "is=" + is);
        return this;
    }

    IssuerArguments person(String subject, String issuer, String claim, String is) {
        String where = "--slipway.identity.people[" + people++ + "].";
        all.addAll(List.of(
                where + "subject=" + subject,
                where + "issuer=" + issuer,
                where + "claim=" + claim,
                where + "is=" + is));
        return this;
    }

    /** Somebody who is known by the addresses of their commits. */
    IssuerArguments author(String subject, String email) {
        String where = "--slipway.identity.people[" + people++ + "].";
        all.addAll(List.of(where + "subject=" + subject, where + "email=" + email));
        return this;
    }

    String[] all() {
        return all.toArray(String[]::new);
    }
}
