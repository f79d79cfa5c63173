package dev.slipway.starter;

import dev.slipway.model.ReleaseId;
import dev.slipway.model.ServiceName;
import dev.slipway.model.Version;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A release in a list. */
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
        @Nullable Instant endedAt) {

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
                run.endedAt());
    }
}
