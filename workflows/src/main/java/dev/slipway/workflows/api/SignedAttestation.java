package dev.slipway.workflows.api;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Report;
import java.security.PrivateKey;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Evidence and the starter's signature of who handed it in, as with a {@link SignedDecision}.
 *
 * @param signature Base64
 */
public record SignedAttestation(Attestation attestation, String keyId, String signature) {

    /** Signs with the starter's key. */
    public static SignedAttestation sign(Attestation attestation, String keyId, PrivateKey key) {
        return new SignedAttestation(attestation, keyId, statement(attestation).sign(key));
    }

    /** Whether every field is there: what is sent by hand may lack any. */
    public boolean complete() {
        return attestation != null && keyId != null && signature != null && attestation.complete();
    }

    /**
     * Whether the signature is of this attestation by one of the keys.
     *
     * @param keys as in {@link SignedDecision#verifies}
     */
    public boolean verifies(Map<String, String> keys) {
        return statement(attestation).isSigned(signature, keyId, keys);
    }

    private static Statement statement(Attestation a) {
        Statement statement = new Statement("evidence")
                .with(a.release().toString())
                .with(Integer.toString(a.attempt()))
                .with(a.environments().stream()
                        .map(EnvironmentName::value)
                        .sorted()
                        .collect(Collectors.joining(",")))
                .with(a.by().subject())
                .with(String.join(",", new TreeSet<>(a.by().groups())))
                .with(a.at().toString())
                .with(a.document().value())
                .with(a.nonce())
                .with(Integer.toString(a.reports().size()));
        for (Report report : a.reports()) {
            statement
                    .with(report.name())
                    .with(report.status().name())
                    .with(report.subject().value())
                    .with(report.url())
                    .with(report.producedAt().toString())
                    .with(report.content().value());
        }
        return statement;
    }
}
