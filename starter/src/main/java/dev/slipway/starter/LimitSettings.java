package dev.slipway.starter;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much of the starter one caller may take; far above what people and pipelines need. Each counts for a starter by itself.
 *
 * @param requests of a caller in a second; four times as many at once
 * @param workerRequests the same, of who may fetch bundles
 * @param starts submissions of a caller in an hour; as many at once
 * @param feeds event streams that a caller has open
 * @param failures to show who calls, of an address in a minute; as many at once
 */
@ConfigurationProperties("slipway.starter.limits")
record LimitSettings(
        @DefaultValue("50") int requests,
        @DefaultValue("500") int workerRequests,
        @DefaultValue("120") int starts,
        @DefaultValue("32") int feeds,
        @DefaultValue("60") int failures) {
    LimitSettings {
        atLeastOne("requests", requests);
        atLeastOne("worker-requests", workerRequests);
        atLeastOne("starts", starts);
        atLeastOne("feeds", feeds);
        atLeastOne("failures", failures);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("slipway.starter.limits." + name + " is " + value
                    + ": give at least 1, or a number that nobody reaches");
        }
    }
}
