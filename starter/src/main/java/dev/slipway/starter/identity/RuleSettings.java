package dev.slipway.starter.identity;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a token must say, and who its bearer is then. All of {@code when} must hold. All rules that match give their groups;
 * the first of them gives the name.
 *
 * @param subject the name after the issuer's, with claims in braces; null for what is usual with this kind of issuer
 */
public record RuleSettings(
        @Nullable String subject,
        @DefaultValue Set<String> groups,
        @DefaultValue List<Claim> when) {

    /** The values of which the claim must have one, empty when the rule does not ask for it. */
    Optional<Set<String>> bound(String claim) {
        return when.stream()
                .filter(one -> one.claim().equals(claim))
                .map(Claim::is)
                .findFirst();
    }

    /**
     * What a claim must be.
     *
     * @param is compared to the letter; of a claim that is a list, one element must be it
     */
    public record Claim(String claim, Set<String> is) {
        public Claim {
            if (claim == null || claim.isBlank() || is == null || is.isEmpty()) {
                throw new IllegalArgumentException("slipway.identity.issuers[].rules[].when[] needs claim and is");
            }
            if (is.stream().anyMatch(value -> value.isBlank() || value.contains("*"))) {
                throw new IllegalArgumentException("slipway.identity.issuers[].rules[].when[" + claim + "].is is " + is
                        + ": values are compared to the letter, there are no wildcards (org-* would be org-evil too);"
                        + " list each");
            }
        }
    }
}
