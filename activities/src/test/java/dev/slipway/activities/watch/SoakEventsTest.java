package dev.slipway.activities.watch;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Outcome;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import io.temporal.activity.Activity;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What two days of soak leave in the history of their stage: the real watch in a real workflow on a server that skips time. */
class SoakEventsTest {
    private static final Duration SOAK = ofHours(48);

    /** What a soak was for Prometheus, and for Temporal. */
    private record Cost(int looks, int watches, int events) {}

    @Test
    void twoDaysOfSoakLeaveAFewEventsHoweverOftenPrometheusScrapes() {
        Cost often = soak(ofSeconds(5), ofMinutes(10));
        Cost seldom = soak(ofSeconds(60), ofMinutes(10));
        Cost watchful = soak(ofSeconds(60), ofMinutes(4));

        // one watch hands over to the next after twelve hours
        assertThat(often.watches()).isEqualTo(5);
        assertThat(often.events()).isLessThanOrEqualTo(60);
        assertThat(seldom).isEqualTo(often);
        assertThat(watchful.looks()).isGreaterThan(2 * often.looks());
        assertThat(watchful.events()).isEqualTo(often.events());
    }

    private static Cost soak(Duration scrapeInterval, Duration lookInterval) {
        try (Scenario slipway = new Scenario("development");
                Lookout lookout = new Lookout()) {
            lookout.scrapeInterval = scrapeInterval;
            lookout.lookInterval = lookInterval;
            lookout.each = () -> Activity.getExecutionContext().heartbeat(lookout.seconds());
            slipway.watch.otherwise((order, from) -> lookout.keep(here(order), from));

            ReleaseOrder release = slipway.start("1.0.0", Plans.rolling("development", Plans.soak(SOAK)));

            assertThat(slipway.end(release).outcome()).isEqualTo(new Outcome.Promoted());
            assertThat(lookout.passed()).isBetween(SOAK, SOAK.plus(lookInterval));
            List<HistoryEvent> history = slipway.history("podinfo:development").getEvents();
            return new Cost(looks(lookout), watches(history).size(), events(history));
        }
    }

    /** The same order for the service that there is here. */
    private static WatchOrder here(WatchOrder order) {
        return Orders.soak(Lookout.CANARY, Lookout.ERRORS)
                .atLeast(order.atLeast())
                .atMost(order.atMost())
                .minRequests(order.minRequests())
                .blindBudget(order.blindBudget())
                .order();
    }

    private static int looks(Lookout lookout) {
        return (int) lookout.prometheus.queries.stream()
                .filter(query -> query.equals("time()"))
                .count();
    }

    /** From the first watch's beginning to the last one's end, whatever else happens meanwhile. */
    private static int events(List<HistoryEvent> history) {
        Set<Long> watches = watches(history);
        long begin = watches.stream().mapToLong(id -> id).min().orElseThrow();
        long end = history.stream()
                .filter(HistoryEvent::hasActivityTaskCompletedEventAttributes)
                .filter(event -> watches.contains(
                        event.getActivityTaskCompletedEventAttributes().getScheduledEventId()))
                .mapToLong(HistoryEvent::getEventId)
                .max()
                .orElseThrow();
        return (int) (end - begin + 1);
    }

    private static Set<Long> watches(List<HistoryEvent> history) {
        Set<Long> watches = new HashSet<>();
        for (HistoryEvent event : history) {
            if (event.getActivityTaskScheduledEventAttributes()
                    .getActivityType()
                    .getName()
                    .startsWith("Watch_")) {
                watches.add(event.getEventId());
            }
        }
        return watches;
    }
}
