package dev.slipway.starter;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether Slack can send what people do. It is never DOWN: without Slack everything goes on, and so must the starter. */
@Component("slackSocketHealthIndicator")
@ConditionalOnProperty("slipway.slack.app-token-file")
class SlackSocketHealth implements HealthIndicator {
    private final SlackSocket socket;

    SlackSocketHealth(SlackSocket socket) {
        this.socket = socket;
    }

    @Override
    public Health health() {
        String missing = socket.missing();
        return missing.isEmpty()
                ? Health.up().withDetail("connected", true).build()
                : Health.unknown()
                        .withDetail("connected", false)
                        .withDetail("reason", missing)
                        .build();
    }
}
