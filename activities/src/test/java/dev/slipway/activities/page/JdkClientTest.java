package dev.slipway.activities.page;

import java.net.URI;
import java.time.Duration;

class JdkClientTest extends PagerDutyContract {
    @Override
    PagerDutyClient client(URI events, URI changes, Duration answer) {
        return new JdkClient(events, changes, answer);
    }
}
