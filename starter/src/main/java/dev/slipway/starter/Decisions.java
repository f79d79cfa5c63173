package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.Denied;
import dev.slipway.workflows.api.SignedDecision;
import dev.slipway.workflows.api.StageWorkflow;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Approvals and rejections: who may, at which gate, for which digests; signed, then said to the stage. */
@Component
class Decisions {
    private final Desk desk;
    private final Authorization authorization;
    private final DecisionKey key;
    private final Denials denials;

    Decisions(Desk desk, Authorization authorization, DecisionKey key, Denials denials) {
        this.desk = desk;
        this.authorization = authorization;
        this.key = key;
        this.denials = denials;
    }

    /**
     * @throws Refusal 403 when this person may not, 409 when it may not count now
     */
    Taken decide(Actor actor, ReleaseId id, DecisionRequest request) {
        return decide(actor, id, request, UUID.randomUUID().toString());
    }

    /**
     * As {@link #decide(Actor, ReleaseId, DecisionRequest)}; returns when it is in the stage's history, and not before.
     *
     * @param word a name for what is said, at one stage: said again by the same name it is the same vote, with the same answer
     */
    Taken decide(Actor actor, ReleaseId id, DecisionRequest request, String word) {
        Decision.Choice choice = request.requiredChoice();
        Seen seen = request.gate() == null ? desk.open(id) : desk.outline(id);
        try {
            return decide(actor, seen, request, choice, word);
        } catch (Refusal refusal) {
            if (refusal.status().is4xxClientError()) {
                String gate =
                        Optional.ofNullable(request.gate()).map(SafeText::line).orElse("");
                denials.note(
                        seen, new Denied(gate, actor.subject(), choice.name(), String.valueOf(refusal.getMessage())));
            }
            throw refusal;
        }
    }

    private Taken decide(Actor actor, Seen seen, DecisionRequest request, Decision.Choice choice, String word) {
        ReleaseId id = seen.view().release();
        String gate = Optional.ofNullable(request.gate()).map(SafeText::line).orElseGet(() -> waiting(seen.view()));
        EnvironmentName environment = environment(gate);
        authorization.demand(actor, Verb.DECIDE, id.service(), Optional.of(environment));
        requireVoter(actor, seen, gate);
        StageView stage = Desk.running(seen)
                .filter(running -> running.environment().equals(environment))
                .orElseThrow(() -> Refusal.refused("no approval is open at " + gate + "; " + id + " is "
                        + seen.view().phase() + where(seen.view())));
        ReleaseView view = seen.view();
        SignedDecision signed = key.sign(new Decision(
                id,
                Optional.ofNullable(request.attempt()).orElse(view.attempt()),
                gate,
                Optional.ofNullable(request.fingerprint()).orElseGet(view.digests()::fingerprint),
                actor,
                choice,
                new Reason(request.reason()).text(),
                UUID.randomUUID().toString(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS)));
        StageWorkflow workflow = desk.stage(seen, stage);
        UpdateOptions<String> named = UpdateOptions.<String>newBuilder()
                .setUpdateId(word)
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build();
        String answer = desk.say(
                seen,
                () -> WorkflowClient.startUpdate(workflow::decide, signed, named)
                        .getResult());
        return new Taken(id, environment, answer);
    }

    /** The workflow checks this too; here the answer can be "not allowed" instead of "not now". */
    private static void requireVoter(Actor actor, Seen seen, String gate) {
        if (actor.subject().equals(seen.view().requestedBy())) {
            throw Refusal.notAllowed(
                    actor + " requested " + seen.view().release() + " and may not decide on it; ask somebody else");
        }
        if (seen.view().authors().include(actor.subject())) {
            throw Refusal.notAllowed(actor + " wrote what is released as "
                    + seen.view().release() + " and may not decide on it; ask somebody else");
        }
        Optional<String> group = seen.run()
                .submission()
                .flatMap(
                        submission -> Optional.ofNullable(submission.approvers().get(gate)));
        if (group.isPresent() && !actor.groups().contains(group.get())) {
            throw Refusal.notAllowed(actor + " is not in " + group.get() + ", whose members may decide at " + gate);
        }
    }

    private static String waiting(ReleaseView view) {
        List<String> open = view.stages().stream()
                .filter(stage -> stage.state().equals(Phase.WAITING.name())
                        && stage.waitingFor().contains("/"))
                .map(StageView::waitingFor)
                .distinct()
                .toList();
        if (open.size() == 1) {
            return open.get(0);
        }
        String what = open.isEmpty()
                ? view.release() + " asks nobody for an approval; it is " + view.phase() + where(view)
                : view.release() + " waits at several gates: " + String.join(", ", open);
        throw Refusal.conflict("no-open-gate", "No gate to decide at", what, "slipway get " + view.release());
    }

    private static String where(ReleaseView view) {
        return view.waitingFor().isEmpty() ? "" : " and waits for " + view.waitingFor();
    }

    /**
     * The environment of a gate.
     *
     * @throws Refusal 400 malformed when it is no gate
     */
    static EnvironmentName environment(String gate) {
        int slash = gate.indexOf('/');
        try {
            return new EnvironmentName(gate.substring(0, Math.max(0, slash)));
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed("'" + gate + "' is no gate (ENVIRONMENT/NAME)");
        }
    }
}
