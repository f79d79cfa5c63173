package dev.slipway.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A release as people and scripts see it; the JSON of {@code slipway get -o json}.
 *
 * @param outcome null until the phase is DONE
 * @param reason why it waits, holds or ended; empty when there is nothing to say
 * @param waitingFor {@code ENVIRONMENT/GATE}, {@code slot SERVICE:ENVIRONMENT} or another short answer; empty when it waits for nothing
 */
public record ReleaseView(
        ReleaseId release,
        ServiceName service,
        Version version,
        int attempt,
        Phase phase,
        @Nullable String outcome,
        String reason,
        String waitingFor,
        Digests digests,
        String requestedBy,
        List<StageView> stages,
        Map<String, String> links,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    public ReleaseView {
        stages = List.copyOf(stages);
        links = Map.copyOf(links);
    }
}
