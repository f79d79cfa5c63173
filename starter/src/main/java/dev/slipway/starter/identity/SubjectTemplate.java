package dev.slipway.starter.identity;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A name with claims in braces, such as {@code {repository_id}/{environment}}. Two tokens get one name only when all its claims are the same. */
final class SubjectTemplate {
    private static final Pattern SHAPE = Pattern.compile("(?:[A-Za-z0-9._:@/-]|\\{[a-z0-9_]+})+");
    private static final Pattern CLAIM = Pattern.compile("\\{([a-z0-9_]+)}");
    /** Two claims with no slash between them. */
    private static final Pattern TOGETHER = Pattern.compile("}[^/{]*\\{");
    /** No slash: it parts one claim from the next. */
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._:@|=+-]{1,200}");

    private SubjectTemplate() {}

    /** What is wrong with a template, to be read after the name of its rule; empty when nothing is. */
    static Optional<String> problem(String template, Set<String> lasting) {
        if (!SHAPE.matcher(template).matches()) {
            return Optional.of("has the subject '" + template
                    + "': write letters, digits, . _ : @ / - and claims in braces, such as {sub}");
        }
        if (TOGETHER.matcher(template).find()) {
            return Optional.of("has the subject '" + template
                    + "': put a / between two claims, or two different tokens could get one name");
        }
        Matcher claims = CLAIM.matcher(template);
        while (claims.find()) {
            if (!lasting.contains(claims.group(1))) {
                return Optional.of("has " + claims.group() + " in its subject: of this kind of issuer only "
                        + sorted(lasting) + " name the same one for good");
            }
        }
        return Optional.empty();
    }

    /**
     * The name.
     *
     * @throws Untrusted when a claim is absent, or is no text that a name could have
     */
    static String fill(String template, Claims claims) {
        Matcher places = CLAIM.matcher(template);
        StringBuilder name = new StringBuilder();
        while (places.find()) {
            String claim = places.group(1);
            String value = claims.text(claim)
                    .filter(text -> VALUE.matcher(text).matches())
                    .orElseThrow(() -> Untrusted.unknown("the token's claim " + claim
                            + " is absent, or has characters that no name here has, so its bearer has no name"));
            places.appendReplacement(name, Matcher.quoteReplacement(value));
        }
        return places.appendTail(name).toString();
    }

    private static Set<String> sorted(Set<String> names) {
        return new java.util.TreeSet<>(names);
    }
}
