package dev.slipway.starter.identity;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose tokens count beside the static ones, under {@code slipway.identity}; wrong settings end the process with a sentence.
 *
 * @param audience the {@code aud} that every token must have, and nothing beside it; a value that nobody else uses
 * @param people who is who by what an issuer calls them
 */
@ConfigurationProperties(prefix = "slipway.identity", ignoreUnknownFields = false)
public record IdentitySettings(
        @DefaultValue("") String audience,
        @DefaultValue List<IssuerSettings> issuers,
        @DefaultValue List<Person> people) {
    private static final String WHERE = "slipway.identity.";

    public IdentitySettings {
        if (!issuers.isEmpty()) {
            requireOwn(audience, issuers);
        }
        requireDistinct(issuers.stream().map(IssuerSettings::name).toList(), "issuers[].name");
        requireDistinct(issuers.stream().map(IssuerSettings::issuer).toList(), "issuers[].issuer");
        people.stream().filter(Person::fromIssuer).forEach(person -> requireKnown(person, issuers));
        requireDistinct(
                people.stream()
                        .filter(Person::fromIssuer)
                        .map(p -> p.issuer() + " " + p.claim() + " " + p.is())
                        .toList(),
                "people[]");
        requireDistinct(
                people.stream()
                        .flatMap(person -> person.email().stream())
                        .map(address -> address.toLowerCase(Locale.ROOT))
                        .toList(),
                "people[].email");
    }

    private static void requireOwn(String audience, List<IssuerSettings> issuers) {
        if (audience.isBlank()) {
            throw new IllegalArgumentException(WHERE
                    + "audience is missing: without it a token that was made for somebody else would count here;"
                    + " say this server's own address, and have CI ask for tokens with that audience");
        }
        boolean shared = audience.startsWith("https://github.com/")
                || issuers.stream().anyMatch(issuer -> issuer.issuer().equals(audience));
        if (shared) {
            throw new IllegalArgumentException(WHERE + "audience is " + audience
                    + ", which tokens have that were made for others (it is the default of an issuer);"
                    + " say this server's own address");
        }
    }

    private static void requireDistinct(List<String> all, String where) {
        Optional<String> twice = all.stream()
                .filter(one -> all.indexOf(one) != all.lastIndexOf(one))
                .findFirst();
        if (twice.isPresent()) {
            throw new IllegalArgumentException(
                    WHERE + where + " has '" + twice.get() + "' twice, so nobody could tell who that is");
        }
    }

    private static void requireKnown(Person person, List<IssuerSettings> issuers) {
        String where = WHERE + "people[" + person.subject() + "]";
        IssuerSettings issuer = issuers.stream()
                .filter(one -> one.name().equals(person.issuer()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(where + ".issuer is '" + person.issuer()
                        + "', which is none of the issuers "
                        + issuers.stream().map(IssuerSettings::name).toList()));
        if (!issuer.kind().peopleBy().contains(person.claim())) {
            throw new IllegalArgumentException(where + ".claim is '" + person.claim() + "': people of a "
                    + issuer.kind().word() + " issuer are known by "
                    + issuer.kind().peopleBy()
                    + ", for names and addresses change hands");
        }
    }

    /**
     * A person: as an issuer knows them, as commits do, or both.
     *
     * @param subject what the same person is called by the other ways in, so that nobody approves what they started
     * @param issuer empty when no issuer knows them
     * @param is the claim's value, to the letter
     * @param email the addresses in their commits; they say who may not decide, and let nobody in
     */
    public record Person(
            String subject,
            @DefaultValue("") String issuer,
            @DefaultValue("") String claim,
            @DefaultValue("") String is,
            @DefaultValue Set<String> email) {
        private static final Pattern ADDRESS = Pattern.compile("[^\\s@]+@[^\\s@]+");

        public Person {
            boolean known = !blank(issuer) && !blank(claim) && !blank(is);
            boolean unknown = blank(issuer) && blank(claim) && blank(is) && !email.isEmpty();
            if (blank(subject) || !(known || unknown)) {
                throw new IllegalArgumentException(
                        WHERE + "people[] needs subject, and issuer, claim and is, or email, or all of them");
            }
            email.stream()
                    .filter(one -> !ADDRESS.matcher(one).matches())
                    .findFirst()
                    .ifPresent(one -> {
                        throw new IllegalArgumentException(WHERE + "people[" + subject + "].email is '" + one
                                + "', which is no address; say it as in their commits, such as ann@example.com");
                    });
        }

        /** Whether an issuer knows them. */
        boolean fromIssuer() {
            return !blank(issuer);
        }

        /** Whether the address is theirs, in whatever case. */
        public boolean hasAddress(String other) {
            return email.stream().anyMatch(other::equalsIgnoreCase);
        }

        private static boolean blank(String text) {
            return text == null || text.isBlank();
        }
    }
}
