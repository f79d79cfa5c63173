package dev.slipway.workflows.release;

import dev.slipway.model.Fact;
import dev.slipway.model.Report;
import dev.slipway.workflows.api.Attestation;
import dev.slipway.workflows.api.SignedAttestation;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stays known of evidence that was handed in: a fact for each piece. */
final class Testimony {
    private Testimony() {}

    static List<Fact> facts(SignedAttestation signed) {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        Attestation given = signed.attestation();
        return given.reports().stream()
                .map(report -> new Fact(
                        now,
                        Optional.empty(),
                        Fact.Kind.ATTESTED,
                        given.by() + " attested " + report.name() + " "
                                + report.status().word(),
                        details(signed, report),
                        List.of()))
                .toList();
    }

    private static Map<String, String> details(SignedAttestation signed, Report report) {
        Attestation given = signed.attestation();
        Map<String, String> details = new HashMap<>();
        details.put("name", report.name());
        details.put("status", report.status().word());
        details.put("subject", report.subject().value());
        details.put("url", report.url());
        details.put("producedAt", report.producedAt().toString());
        details.put("content", report.content().value());
        details.put("by", given.by().subject());
        details.put("at", given.at().toString());
        details.put("document", given.document().value());
        details.put("nonce", given.nonce());
        details.put("keyId", signed.keyId());
        details.put("signature", signed.signature());
        return details;
    }
}
