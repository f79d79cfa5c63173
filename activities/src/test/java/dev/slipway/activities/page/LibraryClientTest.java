package dev.slipway.activities.page;

import java.net.URI;
import java.time.Duration;

class LibraryClientTest extends PagerDutyContract {
    @Override
    PagerDutyClient client(URI events, URI changes, Duration answer) {
        return new LibraryClient(events, changes, answer);
    }
}
