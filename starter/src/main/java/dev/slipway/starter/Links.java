package dev.slipway.starter;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Where people can look further. */
@Component
class Links {
    private final StarterSettings.Temporal temporal;

    Links(StarterSettings settings) {
        this.temporal = settings.temporal();
    }

    /**
     * The workflow in the Temporal UI, empty when the platform team named no address.
     *
     * @param run empty for the latest
     */
    Map<String, String> of(String workflow, String run) {
        if (temporal.ui().isBlank()) {
            return Map.of();
        }
        return Map.of(
                "temporal",
                (run.isEmpty() ? temporal.ui().replace("/{run}", "") : temporal.ui())
                        .replace("{namespace}", encoded(temporal.namespace()))
                        .replace("{workflow}", encoded(workflow))
                        .replace("{run}", encoded(run)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
