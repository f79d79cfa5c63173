package dev.slipway.model;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step of a stage as people see it.
 *
 * @param kind render, require, approve, soak, check.http, rolling, canary, ramp, promote
 * @param state PENDING, RUNNING, HOLDING, WAITING, DONE, FAILED or STOPPED
 * @param verdict null until there is one
 */
public record StepView(
        String name,
        String kind,
        String state,
        @Nullable String verdict,
        String reason,
        List<Evidence> evidence,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    public StepView {
        evidence = List.copyOf(evidence);
    }

    boolean asksPeople() {
        return kind.equals("approve");
    }

    Stream<String> seen() {
        String head = name + " " + verdict + ": ";
        if (verdict == null) {
            return Stream.empty();
        }
        if (evidence.isEmpty()) {
            return reason.isEmpty() ? Stream.empty() : Stream.of(head + reason);
        }
        return evidence.stream().map(one -> head + one.name() + " " + one.detail());
    }
}
