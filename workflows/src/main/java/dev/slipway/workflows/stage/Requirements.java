package dev.slipway.workflows.stage;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import dev.slipway.model.Gate;
import dev.slipway.model.Phase;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.SignedAttestation;
import dev.slipway.workflows.evidence.Dossier;
import dev.slipway.workflows.evidence.Finding;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gates that want evidence, and what the release hands on of it. */
final class Requirements {
    private final EnvironmentName environment;
    private final Dossier dossier;
    private final Board board;
    private final Stop stop;
    private final Noise noise;
    private @Nullable Open open;

    Requirements(EnvironmentName environment, Dossier dossier, Board board, Stop stop, Noise noise) {
        this.environment = environment;
        this.dossier = dossier;
        this.board = board;
        this.stop = stop;
        this.noise = noise;
    }

    /** The gate that waits. */
    private record Open(StageStep step, Gate.Require gate) {}

    /** Waits until all of it is there and good (Passed), something has failed, or the time is over (stops the stage). */
    Verdict require(StageStep step, Gate.Require gate) {
        if (!judge(gate).settled()) {
            open = new Open(step, gate);
            show();
            People.awaitWithin(
                    gate.within(),
                    "evidence at " + gateId(gate) + ", until it expires",
                    () -> judge(gate).settled());
            open = null;
        }
        return verdict(gate, judge(gate));
    }

    private Verdict verdict(Gate.Require gate, Finding finding) {
        if (!finding.of(Finding.State.FAILED).isEmpty()) {
            return new Verdict.Failed(finding.words(Finding.State.FAILED), finding.evidence());
        }
        if (!finding.settled()) {
            String reason = "evidence is missing at " + gateId(gate) + " after " + gate.within() + ": "
                    + finding.words(Finding.State.MISSING);
            stop.request(new StopCause.Expired(gateId(gate), reason));
            return new Verdict.Inconclusive(reason, finding.evidence());
        }
        return new Verdict.Passed("", finding.evidence());
    }

    /** Evidence was handed in. What the release would not send changes nothing, and is on record. */
    void hear(@Nullable SignedAttestation signed) {
        Optional<String> refusal = dossier.refusal(signed);
        if (signed != null && refusal.isEmpty()) {
            if (dossier.add(signed)) {
                show();
            }
            return;
        }
        Map<String, String> what = new HashMap<>();
        what.put("why", refusal.orElse(""));
        if (signed != null && signed.complete()) {
            what.put("by", signed.attestation().by().subject());
            what.put("document", signed.attestation().document().value());
            what.put("nonce", signed.attestation().nonce());
        }
        noise.note(Fact.Kind.IGNORED, "evidence past the starter changed nothing: " + refusal.orElse(""), what);
    }

    /** What is still missing, while a gate waits. */
    private void show() {
        Open waiting = open;
        if (waiting == null) {
            return;
        }
        Finding finding = judge(waiting.gate());
        if (finding.settled()) {
            return;
        }
        String words = finding.words(Finding.State.MISSING);
        board.say(waiting.step(), words);
        board.show(waiting.step(), finding.evidence());
        board.phase(Phase.WAITING, finding.waitingFor(), words);
    }

    private Finding judge(Gate.Require gate) {
        return dossier.judge(gate, environment, Instant.ofEpochMilli(Workflow.currentTimeMillis()));
    }

    private String gateId(Gate.Require gate) {
        return environment + "/" + gate.name();
    }
}
