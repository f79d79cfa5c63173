package dev.slipway.starter;

import dev.slipway.model.ReleaseId;
import dev.slipway.model.ServiceName;
import dev.slipway.model.Version;
import dev.slipway.records.Listed;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A release in a list.
 *
 * @param source {@code temporal}, or {@code records} when Temporal has forgotten it or is away
 */
record ReleaseRow(
        ReleaseId release,
        ServiceName service,
        Version version,
        int attempt,
        String phase,
        @Nullable String outcome,
        String waitingFor,
        String requestedBy,
        Map<String, String> links,
        Instant startedAt,
        @Nullable Instant endedAt,
        String source) {

    static ReleaseRow of(Run run, Map<String, String> links) {
        boolean stuck = !run.running() && !run.completed();
        return new ReleaseRow(
                run.release(),
                run.release().service(),
                run.release().version(),
                run.attempt(),
                stuck ? "STUCK" : run.phase(),
                run.outcome(),
                run.waitingFor(),
                run.submission().map(Submission::requestedBy).orElse(""),
                links,
                run.startedAt(),
                run.endedAt(),
                "temporal");
    }

    static ReleaseRow of(Listed listed) {
        return new ReleaseRow(
                listed.release(),
                listed.release().service(),
                listed.release().version(),
                listed.attempt(),
                listed.phase(),
                listed.outcome(),
                listed.waitingFor(),
                listed.requestedBy(),
                Map.of(),
                listed.startedAt(),
                listed.endedAt(),
                "records");
    }
}
