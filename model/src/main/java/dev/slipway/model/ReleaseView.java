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
        Authors authors,
        List<StageView> stages,
        Map<String, String> links,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    /** A view that was told before authors were named has none. */
    public ReleaseView {
        authors = authors == null ? Authors.NONE : authors;
        stages = List.copyOf(stages);
        links = Map.copyOf(links);
    }

    /** The same release with other stages, links, and words for why it is so. */
    public ReleaseView with(List<StageView> stages, String reason, Map<String, String> links) {
        return new ReleaseView(
                release,
                service,
                version,
                attempt,
                phase,
                outcome,
                reason,
                waitingFor,
                digests,
                requestedBy,
                authors,
                stages,
                links,
                startedAt,
                endedAt);
    }

    /** Those who may not decide on it, such as {@code requested by ci, written by ann}. */
    public String origin() {
        return "requested by " + requestedBy + (authors.none() ? "" : ", written by " + authors);
    }

    /**
     * What people are shown when a gate asks them.
     *
     * @param gate {@code ENVIRONMENT/GATE}
     */
    public List<Evidence> onTheTable(String gate) {
        return stages.stream()
                .flatMap(stage -> stage.steps().stream()
                        .filter(step -> step.asksPeople() && gate.equals(stage.environment() + "/" + step.name())))
                .flatMap(step -> step.evidence().stream())
                .toList();
    }

    /**
     * The verdicts until now, a line for each thing that one rests on, or for its reason; such as
     * {@code staging soak PASSED: errors 0 of 400}. What gates have asked people is not among them.
     */
    public List<String> seenSoFar() {
        return stages.stream()
                .flatMap(stage -> stage.steps().stream()
                        .filter(step -> !step.asksPeople())
                        .flatMap(step -> step.seen().map(line -> stage.environment() + " " + line)))
                .toList();
    }
}
