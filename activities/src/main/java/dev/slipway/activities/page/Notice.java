package dev.slipway.activities.page;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What PagerDuty is told in one event. */
sealed interface Notice {
    /** A person is called. */
    record Trigger(
            String dedupKey,
            String summary,
            String source,
            String severity,
            String component,
            String group,
            String kind,
            Map<String, String> details,
            List<Link> links)
            implements Notice {
        public Trigger {
            details = Map.copyOf(details);
            links = List.copyOf(links);
        }

        /** Nothing but what PagerDuty cannot do without: when something else in it was wrong, the call still comes. */
        Trigger minimal() {
            return new Trigger(dedupKey, summary, source, severity, "", "", "", Map.of(), List.of());
        }
    }

    /** The person is no longer needed. */
    record Resolve(String dedupKey) implements Notice {}

    /** Nobody is called; it stands beside the incidents. */
    record ChangeNote(String summary, String source, Instant at, Map<String, String> details, List<Link> links)
            implements Notice {
        public ChangeNote {
            details = Map.copyOf(details);
            links = List.copyOf(links);
        }
    }
}
