package dev.slipway.activities.helm;

import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.HelmTarget;
import java.util.regex.Pattern;

/** The only forms of names that reach helm's command line. */
final class HelmNames {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

    private HelmNames() {}

    /** Refuses a target whose release or namespace is no DNS label. */
    static void check(HelmTarget target) {
        label("Helm release", target.release(), 53);
        label("namespace", target.namespace(), 63);
    }

    private static void label(String what, String name, int longest) {
        if (name.length() > longest || !LABEL.matcher(name).matches()) {
            throw FailureType.INVALID_INPUT.failure("'" + printable(name) + "' is not a " + what
                    + " name (lower-case letters, digits and '-', at most " + longest + ")");
        }
    }

    /** A value that Kubernetes takes for a label. */
    static String labelValue(String value) {
        if (value.length() > 63 || !LABEL_VALUE.matcher(value).matches()) {
            throw FailureType.INVALID_INPUT.failure("'" + printable(value) + "' cannot be a label's value");
        }
        return value;
    }

    /** Refuses NUL, newlines and other characters that nobody means to write. */
    static void noControlCharacters(String what, String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw FailureType.INVALID_INPUT.failure(what + " holds a control character: '" + printable(value) + "'");
        }
    }

    private static String printable(String value) {
        String shown = value.length() > 80 ? value.substring(0, 80) + "..." : value;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
