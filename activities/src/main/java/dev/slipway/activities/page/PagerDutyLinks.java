package dev.slipway.activities.page;

import dev.slipway.model.Alert;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where the reader of a page goes next.
 *
 * @param temporal address of a workflow in the Temporal UI, with {@code {workflow}} for its id; no link when empty
 * @param runbooks address under which the runbooks are, as {@code <address>/SlipwayStuck.md}; no link when empty
 */
public record PagerDutyLinks(String temporal, String runbooks) {
    Optional<String> workflow(String id) {
        // in a path, a plus sign is a plus sign
        String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        return temporal.isBlank() ? Optional.empty() : Optional.of(temporal.replace("{workflow}", encoded));
    }

    Optional<String> runbook(Alert alert) {
        String folder = runbooks.endsWith("/") ? runbooks : runbooks + "/";
        return runbooks.isBlank() ? Optional.empty() : Optional.of(folder + alert.name() + ".md");
    }
}
