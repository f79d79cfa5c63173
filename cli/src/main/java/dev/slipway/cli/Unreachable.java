package dev.slipway.cli;

import java.util.List;

/** The server cannot answer now; whoever follows a release may simply ask again. */
final class Unreachable extends Failure {
    private static final long serialVersionUID = 1;

    /** It could not be reached at all. */
    Unreachable(String what) {
        this(
                what,
                List.of(),
                "check --server or SLIPWAY_URL, and that the server runs; what was started goes on without this command");
    }

    Unreachable(String what, List<String> details, String next) {
        super(ExitCode.INTERNAL, what, details, next);
    }
}
