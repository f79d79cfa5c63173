package dev.slipway.workflows.stage;

import dev.slipway.model.Actor;
import dev.slipway.model.Gate;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.SignedDecision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The votes at one open approval: pure state, no time, no Temporal. */
final class Votes {
    private final ReleaseOrder order;
    private final Gate.Approve gate;
    private final String gateId;
    private final Map<String, SignedDecision> bySubject = new LinkedHashMap<>();

    /**
     * @param gateId {@code ENVIRONMENT/NAME}
     */
    Votes(ReleaseOrder order, Gate.Approve gate, String gateId) {
        this.order = order;
        this.gate = gate;
        this.gateId = gateId;
    }

    /** Why a decision may not count, as a sentence; empty when it may. */
    Optional<String> refusal(SignedDecision signed) {
        Decision d = signed.decision();
        Actor actor = d.actor();
        if (!signed.verifies(order.approvalKeys())) {
            return Optional.of("this decision is not signed by the starter; approve with the CLI or in Slack");
        }
        if (!d.release().equals(order.release()) || d.attempt() != order.attempt()) {
            return Optional.of("the decision is for " + d.release() + " attempt " + d.attempt() + ", but "
                    + order.release() + " attempt " + order.attempt() + " is asking");
        }
        if (!d.gate().equals(gateId)) {
            return Optional.of("the open gate is " + gateId + ", not " + d.gate());
        }
        if (!d.fingerprint().equals(order.digests().fingerprint())) {
            return Optional.of("the decision is for other digests than those released; look again and decide anew");
        }
        if (actor.subject().equals(order.requestedBy().subject())) {
            return Optional.of(
                    actor + " requested this release and may not decide on it; ask another member of " + gate.group());
        }
        if (order.authors().include(actor.subject())) {
            return Optional.of(
                    actor + " wrote what is released and may not decide on it; ask another member of " + gate.group());
        }
        if (!actor.groups().contains(gate.group())) {
            return Optional.of(actor + " is not in " + gate.group() + ", whose members may decide at " + gateId);
        }
        if (bySubject.containsKey(actor.subject())) {
            return Optional.of(actor + " has voted at " + gateId + " already; one person has one vote");
        }
        return decided();
    }

    /** The first decision in the history is the one that counts, also among those that come at the same moment. */
    private Optional<String> decided() {
        Optional<String> no = rejection().map(d -> gateId + " was rejected already, by " + d.actor());
        return approved() ? Optional.of(gateId + " has its approvals already: " + summary()) : no;
    }

    /** Counts a decision that was not refused. */
    void record(SignedDecision signed) {
        bySubject.put(signed.decision().actor().subject(), signed);
    }

    /** What counts here, with the signatures, in the order in which it came. */
    List<SignedDecision> given() {
        return List.copyOf(bySubject.values());
    }

    /** The first no, if there is one. */
    Optional<Decision> rejection() {
        return decisions().filter(d -> d.choice() == Decision.Choice.REJECT).findFirst();
    }

    private Stream<Decision> decisions() {
        return bySubject.values().stream().map(SignedDecision::decision);
    }

    boolean approved() {
        return rejection().isEmpty() && bySubject.size() >= gate.votes();
    }

    /** How many approvals it still waits for; none after a no. */
    int missing() {
        return rejection().isPresent() ? 0 : Math.max(0, gate.votes() - bySubject.size());
    }

    /** Such as {@code 1 of 2 approvals from deployers (approver-1)}; a no is told beside them and is none of them. */
    String summary() {
        List<String> yes = decisions()
                .filter(d -> d.choice() == Decision.Choice.APPROVE)
                .map(d -> d.actor().subject())
                .toList();
        String who = yes.isEmpty() ? "" : " (" + String.join(", ", yes) + ")";
        String no = rejection().map(d -> ", rejected by " + d.actor()).orElse("");
        return yes.size() + " of " + gate.votes() + " approvals from " + gate.group() + who + no;
    }
}
