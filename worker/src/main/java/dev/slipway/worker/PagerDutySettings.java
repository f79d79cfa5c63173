package dev.slipway.worker;

import dev.slipway.activities.page.PagerDutyLinks;
import dev.slipway.activities.page.PagerDutyPager;
import dev.slipway.activities.page.RoutingKeys;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the control worker calls people; docs/notifications.md. Without a routing key pages are in the worker's log alone.
 *
 * @param routingKeyFile holds the key of all environments that have none of their own; read at each page
 * @param routingKeyFiles environment to the file with its own key
 * @param client {@code library} or {@code jdk}, which need not be told apart from outside
 * @param temporalUi address of a workflow, with {@code {workflow}} for its id, for the links in a page
 * @param runbooks address of the folder with the runbooks, for the links in a page
 */
record PagerDutySettings(
        @Nullable String routingKeyFile,
        @DefaultValue Map<String, Path> routingKeyFiles,

        @DefaultValue("https://events.pagerduty.com/v2/enqueue")
        URI eventsUrl,

        @DefaultValue("https://events.pagerduty.com/v2/change/enqueue")
        URI changesUrl,

        @DefaultValue("library") Client client,
        @DefaultValue("") String temporalUi,
        @DefaultValue("") String runbooks) {
    PagerDutySettings {
        routingKeyFiles = Map.copyOf(routingKeyFiles);
        requireHttp("events-url", eventsUrl);
        requireHttp("changes-url", changesUrl);
        if (routingKeyFile != null && !routingKeyFile.isBlank()) {
            new SettingFile("slipway.pagerduty.routing-key-file", Path.of(routingKeyFile)).requireReadable();
        }
        routingKeyFiles.forEach((environment, file) ->
                new SettingFile("slipway.pagerduty.routing-key-files." + environment, file).requireReadable());
    }

    /** What stands between the worker and PagerDuty. */
    enum Client {
        /** {@code com.github.dikhan:pagerduty-client}. */
        LIBRARY,
        /** The JDK's own. */
        JDK
    }

    /** Whether there is anybody to call. */
    boolean configured() {
        return keys().all() != null || !routingKeyFiles.isEmpty();
    }

    PagerDutyPager pager() {
        PagerDutyLinks links = new PagerDutyLinks(temporalUi, runbooks);
        return client == Client.JDK
                ? PagerDutyPager.overJdk(eventsUrl, changesUrl, keys(), links)
                : PagerDutyPager.overLibrary(eventsUrl, changesUrl, keys(), links);
    }

    /** Empty text counts as absent, so that it can come from an unset variable. */
    private RoutingKeys keys() {
        boolean absent = routingKeyFile == null || routingKeyFile.isBlank();
        return new RoutingKeys(absent ? null : Path.of(routingKeyFile), routingKeyFiles);
    }

    private static void requireHttp(String setting, URI address) {
        if (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme())) {
            throw new IllegalArgumentException(
                    "slipway.pagerduty." + setting + " must be an http or https address, not " + address);
        }
    }
}
