package dev.slipway.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

/** The lab that this machine runs; its addresses come from the environment, which lab/env sets. */
final class Lab {
    private Lab() {}

    static String need(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException(
                    variable + " is not set: the end-to-end tests run by 'make e2e', which sources lab/env");
        }
        return value;
    }

    /** The checkout. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("lab/service/build"))) {
            here = here.getParent();
        }
        return here;
    }

    static Shell kubectl(String... arguments) {
        return Shell.of(need("KUBECTL"), arguments);
    }

    static Shell helm(String... arguments) {
        return Shell.of(need("HELM"), arguments);
    }

    static Shell temporal(String... arguments) {
        return Shell.of("temporal", arguments);
    }

    /** Whether somebody was called for this reason, such as {@code blind}. */
    static boolean pageIsThere(String release, String kind) {
        return temporal("workflow", "describe", "--workflow-id", "page:" + release + ":" + kind)
                        .run()
                        .exit()
                == 0;
    }
}
