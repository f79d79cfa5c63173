package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.StageView;
import dev.slipway.workflows.api.ReleaseWorkflow;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.StageWorkflow;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** Abort, pause, resume, and the two answers to a stuck undo. */
@Component
class Interventions {
    private final Desk desk;
    private final Recoveries recoveries;
    private final Authorization authorization;

    Interventions(Desk desk, Recoveries recoveries, Authorization authorization) {
        this.desk = desk;
        this.recoveries = recoveries;
        this.authorization = authorization;
    }

    /** Stops the release, wherever it is. */
    Taken abort(Actor actor, ReleaseId id, Reason reason) {
        Seen seen = desk.open(id);
        Optional<EnvironmentName> environment = Desk.running(seen).map(StageView::environment);
        authorization.demand(actor, Verb.ABORT, id.service(), environment);
        ReleaseWorkflow release = desk.release(seen);
        desk.say(seen, () -> {
            release.abort(new Said(actor, reason.text()));
            return true;
        });
        return new Taken(id, environment.orElse(null), "aborting; what the running stage touched is put back");
    }

    Taken pause(Actor actor, ReleaseId id, Reason reason) {
        return stage(actor, Verb.PAUSE, id, reason, StageWorkflow::pause, "pauses before its next step");
    }

    Taken resume(Actor actor, ReleaseId id, Reason reason) {
        return stage(actor, Verb.RESUME, id, reason, StageWorkflow::resume, "goes on");
    }

    Taken retryUndo(Actor actor, ReleaseId id, Reason reason) {
        return undo(actor, Verb.RETRY_UNDO, id, reason, StageWorkflow::retryUndo, "tries the undo again");
    }

    Taken acceptAsIs(Actor actor, ReleaseId id, Reason reason) {
        return undo(actor, Verb.ACCEPT_AS_IS, id, reason, StageWorkflow::acceptAsIs, "stays as it is");
    }

    /** Said to the recovery that undoes the release's gone stage, or to its stage. */
    private Taken undo(
            Actor actor,
            Verb verb,
            ReleaseId id,
            Reason reason,
            BiConsumer<StageWorkflow, Said> update,
            String message) {
        Optional<Recoveries.Running> recovery = recoveries.running(id);
        if (recovery.isEmpty()) {
            return stage(actor, verb, id, reason, update, message);
        }
        EnvironmentName environment = recovery.get().slot().environment();
        authorization.demand(actor, verb, id.service(), Optional.of(environment));
        desk.say(id, () -> {
            update.accept(recovery.get().workflow(), new Said(actor, reason.text()));
            return true;
        });
        return new Taken(id, environment, message);
    }

    private Taken stage(
            Actor actor,
            Verb verb,
            ReleaseId id,
            Reason reason,
            BiConsumer<StageWorkflow, Said> update,
            String message) {
        Seen seen = desk.open(id);
        StageView stage = Desk.running(seen)
                .orElseThrow(() -> Refusal.conflict(
                        "no-running-stage",
                        "No stage runs",
                        "no stage of " + id + " runs now; it is " + seen.view().phase(),
                        "slipway get " + id));
        authorization.demand(actor, verb, id.service(), Optional.of(stage.environment()));
        StageWorkflow workflow = desk.stage(seen, stage);
        desk.say(seen, () -> {
            update.accept(workflow, new Said(actor, reason.text()));
            return true;
        });
        return new Taken(id, stage.environment(), message);
    }
}
