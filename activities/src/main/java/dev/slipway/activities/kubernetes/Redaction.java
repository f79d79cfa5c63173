package dev.slipway.activities.kubernetes;

import java.util.List;
import java.util.regex.Pattern;

/** Makes the text of a pod fit to be kept and shown: what looks like a secret goes, and every control character. */
public final class Redaction {
    private static final String GONE = "[redacted]";
    private static final List<Pattern> SECRETS = List.of(
            Pattern.compile(
                    "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\\z)", Pattern.DOTALL),
            Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*"),
            Pattern.compile("\\b(hf|ghp|gho|glpat|xox[abprs]|sk)[_-][A-Za-z0-9_-]{10,}"),
            Pattern.compile("\\bAKIA[A-Z0-9]{16}\\b"),
            Pattern.compile("(?i)(?<=\\b(bearer|basic) )[A-Za-z0-9._~+/=-]{8,}"),
            Pattern.compile("(?<=://)[^/\\s:@]*:[^/\\s@]+(?=@)"),
            Pattern.compile(
                    "(?i)(?<=(password|passwd|secret|token|api[-_]?key|credential)s?[\"']?\\s{0,3}[=:]\\s{0,3}[\"']?)"
                            + "[^\\s\"',;}]{4,}"));
    private static final Pattern CONTROL = Pattern.compile("\u001B\\[[0-9;]*[A-Za-z]|[\\p{Cntrl}&&[^\n\t]]");

    private Redaction() {}

    /** The last {@code most} characters of the text without secrets; redacted first, so that no half secret remains. */
    static String tail(String text, int most) {
        String clean = clean(text);
        return clean.length() <= most ? clean : "..." + clean.substring(clean.length() - most + 3);
    }

    /** The first {@code most} characters of the text without secrets. */
    public static String head(String text, int most) {
        String clean = clean(text);
        return clean.length() <= most ? clean : clean.substring(0, most - 3) + "...";
    }

    /** The whole text, as it is but without secrets. */
    public static String masked(String text) {
        String clean = text;
        for (Pattern secret : SECRETS) {
            clean = secret.matcher(clean).replaceAll(GONE);
        }
        return clean;
    }

    private static String clean(String text) {
        return masked(CONTROL.matcher(text).replaceAll("")).strip();
    }
}
