package dev.slipway.activities.helm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Takes secrets out of text before it is kept: those we know, also in Base64, and what looks like one. */
final class Redactor {
    private static final String GONE = "[redacted]";
    /** Shorter ones would blot out ordinary words. */
    private static final int SHORTEST = 6;

    private static final List<Pattern> FORMS = List.of(
            Pattern.compile(
                    "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\\z)", Pattern.DOTALL),
            Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*"),
            Pattern.compile("(?i)(?<=\\b(bearer|basic) )[A-Za-z0-9._~+/=-]{8,}"),
            Pattern.compile("(?<=://)[^/\\s:@]+:[^/\\s@]+(?=@)"),
            Pattern.compile(
                    "(?i)(?<=\\b[a-z0-9_.-]{0,40}(password|passwd|secret|token|api[-_]?key|credential)[\"']?\\s{0,3}[=:]\\s{0,3}[\"']?)"
                            + "[^\\s\"',;}]{6,}"));

    private final List<String> known;

    private Redactor(List<String> known) {
        this.known = known;
    }

    /** Knows these secrets. */
    static Redactor of(Collection<String> secrets) {
        List<String> known = new ArrayList<>();
        for (String secret : secrets) {
            if (secret.strip().length() >= SHORTEST) {
                known.add(secret.strip());
                known.add(Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(secret.strip().getBytes(StandardCharsets.UTF_8)));
            }
        }
        // the longest first: one secret may be the beginning of another
        known.sort(Comparator.comparingInt(String::length).reversed());
        return new Redactor(List.copyOf(known));
    }

    /** Knows more secrets. */
    Redactor and(Collection<String> secrets) {
        List<String> all = new ArrayList<>(known);
        all.addAll(of(secrets).known);
        all.sort(Comparator.comparingInt(String::length).reversed());
        return new Redactor(List.copyOf(all));
    }

    /** How much of a cut-off text's beginning may be the rest of a secret. */
    int longest() {
        return known.isEmpty() ? 0 : known.get(0).length();
    }

    /** The text without secrets. */
    String clean(String text) {
        String cleaned = text;
        for (String secret : known) {
            cleaned = cleaned.replace(secret, GONE);
        }
        for (Pattern form : FORMS) {
            cleaned = form.matcher(cleaned).replaceAll(GONE);
        }
        return cleaned;
    }
}
