package dev.slipway.workflows.api;

import dev.slipway.model.Actor;
import dev.slipway.model.Digest;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Report;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Evidence that somebody handed in.
 *
 * @param attempt of the release that it was handed in for
 * @param environments whose gates it may count at: those for which the grants let this actor hand in evidence
 * @param at when it was handed in
 * @param document of the file as a whole
 * @param nonce unique; it is taken once
 */
public record Attestation(
        ReleaseId release,
        int attempt,
        Set<EnvironmentName> environments,
        Actor by,
        Instant at,
        Digest document,
        String nonce,
        List<Report> reports) {
    /** What is sent by hand may lack anything. */
    public Attestation {
        environments = environments == null ? Set.of() : Set.copyOf(environments);
        reports = reports == null ? List.of() : List.copyOf(reports);
    }

    /** Whether every field is there. */
    public boolean complete() {
        return Stream.of(release, by, at, document, nonce).allMatch(Objects::nonNull)
                && by.subject() != null
                && reports.stream()
                        .flatMap(report -> Stream.of(
                                report.name(),
                                report.status(),
                                report.subject(),
                                report.url(),
                                report.producedAt(),
                                report.content()))
                        .allMatch(Objects::nonNull);
    }
}
