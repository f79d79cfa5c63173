package dev.slipway.workflows.evidence;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Gate;
import dev.slipway.model.Report;
import dev.slipway.workflows.api.Attestation;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.SignedAttestation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All evidence that was handed in for an attempt, in that order: pure state, no time, no Temporal. */
public final class Dossier {
    /** It travels to each stage as a whole. */
    private static final int MOST = 200;

    private final ReleaseOrder order;
    private final List<SignedAttestation> all = new ArrayList<>();

    /**
     * @param known from before; what may not count is left out
     */
    public Dossier(ReleaseOrder order, List<SignedAttestation> known) {
        this.order = order;
        for (SignedAttestation signed : known) {
            if (refusal(signed).isEmpty()) {
                boolean unused = add(signed);
            }
        }
    }

    /** Why it may not count, as a sentence; empty when it may. */
    public Optional<String> refusal(@Nullable SignedAttestation signed) {
        if (signed == null || !signed.complete()) {
            return Optional.of("it says nothing");
        }
        Attestation given = signed.attestation();
        if (!signed.verifies(order.approvalKeys())) {
            return Optional.of("this evidence is not signed by the starter; hand it in with slipway attest");
        }
        if (!given.release().equals(order.release()) || given.attempt() != order.attempt()) {
            return Optional.of("the evidence is for " + given.release() + " attempt " + given.attempt()
                    + ", but this is " + order.release() + " attempt " + order.attempt());
        }
        return foreign(given).or(() -> tooMuch(given));
    }

    private Optional<String> foreign(Attestation given) {
        return given.reports().stream()
                .filter(report -> !report.subject().equals(order.digests().image())
                        && !report.subject().equals(order.digests().chart()))
                .findFirst()
                .map(report -> "'" + report.name() + "' speaks of " + report.subject()
                        + ", which is neither the image (" + order.digests().image() + ") nor the chart ("
                        + order.digests().chart() + ") of " + order.release());
    }

    private Optional<String> tooMuch(Attestation given) {
        int there =
                all.stream().mapToInt(one -> one.attestation().reports().size()).sum();
        return there + given.reports().size() > MOST
                ? Optional.of(order.release() + " has " + there + " pieces of evidence already, and may have " + MOST)
                : Optional.empty();
    }

    /** Adds what was not refused; false when it is there already. */
    public boolean add(SignedAttestation signed) {
        boolean there = all.stream()
                .anyMatch(one ->
                        one.attestation().nonce().equals(signed.attestation().nonce()));
        return !there && all.add(signed);
    }

    /** As it was handed in. */
    public List<SignedAttestation> all() {
        return List.copyOf(all);
    }

    /** What a gate of this environment makes of it now. */
    public Finding judge(Gate.Require gate, EnvironmentName environment, Instant now) {
        return new Finding(gate.evidence().stream()
                .map(name -> piece(name, gate, environment, now))
                .toList());
    }

    private Finding.Piece piece(String name, Gate.Require gate, EnvironmentName environment, Instant now) {
        Finding.Piece last = new Finding.Piece(name, Finding.State.MISSING, "nobody has handed it in", "");
        boolean counted = false;
        for (SignedAttestation signed : all) {
            Attestation given = signed.attestation();
            Optional<String> flaw = flaw(given, gate, environment);
            for (Report report : given.reports()) {
                if (!report.name().equals(name) || counted && flaw.isPresent()) {
                    continue;
                }
                counted |= flaw.isEmpty();
                last = flaw.map(why -> new Finding.Piece(name, Finding.State.MISSING, why, report.url()))
                        .orElseGet(() -> Finding.Piece.of(report, given, gate.maxAge(), now));
            }
        }
        return last;
    }

    /** Why evidence of this person does not count at the gate. */
    private static Optional<String> flaw(Attestation given, Gate.Require gate, EnvironmentName environment) {
        if (!given.environments().contains(environment)) {
            return Optional.of("there is only that of " + given.by() + ", who may not attest for " + environment);
        }
        return gate.group()
                .filter(group -> !given.by().groups().contains(group))
                .map(group -> "there is only that of " + given.by() + ", who is not in " + group);
    }
}
