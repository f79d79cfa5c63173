package dev.slipway.workflows.testing;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a history tells of how soon work went on after somebody's word. */
public final class NextActivity {
    private NextActivity() {}

    /**
     * When the first activity of this type started that was scheduled after an update was accepted; one for each update, in
     * order.
     *
     * @param type such as {@code Check_Http}
     */
    public static List<Instant> afterEachUpdate(List<HistoryEvent> events, String type) {
        List<Instant> moments = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED) {
                moments.add(started(events, scheduled(events, i, type)));
            }
        }
        return moments;
    }

    private static long scheduled(List<HistoryEvent> events, int from, String type) {
        return events.subList(from, events.size()).stream()
                .filter(e -> e.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
                .filter(e -> e.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName()
                        .equals(type))
                .findFirst()
                .orElseThrow()
                .getEventId();
    }

    private static Instant started(List<HistoryEvent> events, long scheduled) {
        return events.stream()
                .filter(e -> e.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED)
                .filter(e -> e.getActivityTaskStartedEventAttributes().getScheduledEventId() == scheduled)
                .map(e -> Instant.ofEpochSecond(
                        e.getEventTime().getSeconds(), e.getEventTime().getNanos()))
                .findFirst()
                .orElseThrow();
    }
}
