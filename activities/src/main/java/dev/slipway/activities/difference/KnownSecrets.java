package dev.slipway.activities.difference;

import dev.slipway.activities.kubernetes.Redaction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The secrets of both sides, taken out of every text: a password may also stand in an argument, a URL or an annotation. */
final class KnownSecrets {
    /** Shorter ones would blot out ordinary words; where they stand by name they are masked all the same. */
    private static final int SHORTEST = 6;
    /** A line of a key or a certificate; shorter ones may be anything. */
    private static final int SHORTEST_LINE = 12;

    private final List<String> longestFirst;

    private KnownSecrets(Collection<String> secrets) {
        longestFirst = secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /**
     * @param ordinary what everybody may know, such as the names of objects
     */
    static KnownSecrets of(Collection<String> secrets, Collection<String> ordinary) {
        TreeSet<String> known = new TreeSet<>();
        for (String secret : secrets) {
            add(known, secret.strip(), SHORTEST);
            secret.lines().forEach(line -> add(known, line.strip(), SHORTEST_LINE));
        }
        known.removeAll(ordinary);
        return new KnownSecrets(known);
    }

    private static void add(Collection<String> known, String secret, int shortest) {
        if (secret.length() >= shortest) {
            known.add(secret);
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            known.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        }
    }

    /** The text without them, and without what looks like a secret of somebody else's. */
    String takenOutOf(String text) {
        return Redaction.masked(replacedIn(text));
    }

    /** The text without them. */
    String replacedIn(String text) {
        String clean = text;
        for (String secret : longestFirst) {
            clean = clean.replace(secret, Masking.MASKED);
        }
        return clean;
    }
}
