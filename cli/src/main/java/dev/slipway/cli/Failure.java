package dev.slipway.cli;

import java.util.List;

/**
 * Why a command ends without having done what it was asked: what, then lines of where and why, then the next command.
 * Holds no secret.
 */
class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ExitCode code;
    private final transient List<String> details;
    private final String next;

    Failure(ExitCode code, String what, String next) {
        this(code, what, List.of(), next);
    }

    /**
     * @param details where and why, a line each; may be empty
     * @param next what to do now; may be empty
     */
    Failure(ExitCode code, String what, List<String> details, String next) {
        super(what);
        this.code = code;
        this.details = List.copyOf(details);
        this.next = next;
    }

    ExitCode code() {
        return code;
    }

    /** The lines that a person reads. */
    List<String> lines() {
        List<String> lines = new java.util.ArrayList<>();
        lines.add("error: " + getMessage());
        details.forEach(line -> lines.add("  " + line));
        if (!next.isEmpty()) {
            lines.add("next: " + next);
        }
        return lines;
    }
}
