package dev.slipway.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * How often Slack said no, by method and its own word for why. What keeps a message from being posted stands at zero from the
 * beginning: Prometheus sees a counter rise only when it has seen it before.
 */
final class SlackRefusals implements BiConsumer<String, String> {
    private static final List<String> EXPECTED = List.of(
            "account_inactive",
            "channel_not_found",
            "invalid_auth",
            "is_archived",
            "missing_scope",
            "not_in_channel",
            "restricted_action",
            "token_expired",
            "token_revoked");
    /** Whatever stands in Slack's place must not make a series for each answer. */
    private static final Pattern WORD = Pattern.compile("[a-z_]{1,60}");

    private final MeterRegistry meters;

    SlackRefusals(MeterRegistry meters) {
        this.meters = meters;
        EXPECTED.forEach(error -> counter("chat.postMessage", error));
    }

    @Override
    public void accept(String method, String error) {
        counter(method, WORD.matcher(error).matches() ? error : "other").increment();
    }

    private Counter counter(String method, String error) {
        return Counter.builder("slipway.slack.refused")
                .description("how often Slack said no")
                .tag("method", method)
                .tag("error", error)
                .register(meters);
    }
}
