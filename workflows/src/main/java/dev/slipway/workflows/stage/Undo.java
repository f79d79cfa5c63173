package dev.slipway.workflows.stage;

import dev.slipway.model.Alert;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import dev.slipway.model.Outcome;
import dev.slipway.model.Phase;
import dev.slipway.model.PriorState;
import dev.slipway.model.Resource;
import dev.slipway.model.UndoResult;
import dev.slipway.model.Verdict;
import dev.slipway.model.Weight;
import dev.slipway.model.traffic.Debt;
import dev.slipway.model.traffic.Situation;
import dev.slipway.model.traffic.UndoStep;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Helm;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Readiness;
import dev.slipway.workflows.api.ReadinessOrder;
import dev.slipway.workflows.api.RouteState;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.undo.Permit;
import dev.slipway.workflows.undo.UndoLedger;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts back what the ledger owes, in the safe order of {@link UndoStep}; stuck when it cannot, until a person says what to do. */
final class Undo {
    private final Place site;
    private final Ports ports;
    private final UndoLedger ledger;
    private final Board board;
    private final Pages pages;
    private int retries;
    private @Nullable Said accepted;

    Undo(Place site, Ports ports, UndoLedger ledger, Board board, Pages pages) {
        this.site = site;
        this.ports = ports;
        this.ledger = ledger;
        this.board = board;
        this.pages = pages;
    }

    void validateStuck() {
        if (board.phase() != Phase.STUCK) {
            throw new IllegalArgumentException("the stage is not STUCK but " + board.phase());
        }
    }

    void retry() {
        retries++;
    }

    void accept(Said said) {
        accepted = said;
    }

    /** Returns when everything is back, is somebody else's by now, or was accepted as it is. */
    Outcome run(StopCause cause) {
        EnvironmentName environment = site.environment().name();
        boolean touched = !ledger.touched().isEmpty();
        board.stopped(cause.reason());
        if (!touched) {
            return cause.outcome(environment, false);
        }
        board.phase(Phase.UNDOING, "", cause.reason());
        while (putBack() != UndoStep.DONE) {
            Said said = stuck(cause);
            if (said != null) {
                pages.close(Alert.SlipwayStuck, "accepted as it is by " + said.by());
                return new Outcome.LeftAsIs(said.by(), "accepted as it is by " + said.by() + because(said) + remains());
            }
            ledger.forgive();
            pages.close(Alert.SlipwayStuck, "the undo is tried again");
            board.phase(Phase.UNDOING, "", cause.reason());
        }
        pages.close(Alert.SlipwayStuck, "the undo is complete");
        Outcome outcome = foreign()
                .<Outcome>map(what -> new Outcome.Interfered(environment, once(what, cause)))
                .orElseGet(() -> cause.outcome(environment, true));
        if (outcome instanceof Outcome.Interfered) {
            pages.open(Alert.SlipwayInterfered, outcome.reason());
        }
        return outcome;
    }

    /** One round over the ledger; ends DONE or STUCK. */
    private UndoStep putBack() {
        while (true) {
            UndoStep step = UndoStep.next(situation());
            switch (step) {
                case TRAFFIC_TO_STABLE -> traffic(Weight.NONE);
                case TRAFFIC_TO_CANARY -> traffic(Weight.ALL);
                case END_LOAD -> settle(Resource.LOAD, this::endLoad);
                case RESTORE_STABLE -> settle(Resource.STABLE, this::restoreStable);
                case RESTORE_ROUTE -> settle(Resource.ROUTE, this::restoreRoute);
                case RESTORE_CANARY ->
                    settle(Resource.CANARY, () -> back(ledger.again(Resource.CANARY), site.canary()));
                case STUCK, DONE -> {
                    return step;
                }
            }
        }
    }

    private Situation situation() {
        Debt route = ledger.debt(Resource.ROUTE);
        Readiness sides = new Readiness(false, false);
        int weight = 0;
        boolean loaded = ledger.debt(Resource.LOAD) == Debt.OWED;
        // nothing else is looked at before the load has ended: that depends on nothing and must not wait
        if (!loaded && ledger.prior(Resource.ROUTE).isPresent() && owesAnything()) {
            try {
                if (route == Debt.OWED) {
                    sides = ports.pods("ready sides").sides(site.stable());
                }
                RouteTarget target = site.route();
                weight = ports.route("look at the route")
                        .observe(target)
                        .percentOf(target.canary().service());
            } catch (TemporalFailure failure) {
                ledger.settle(Resource.ROUTE, new UndoResult.Failed(Failures.sentence(failure)), now());
                route = Debt.FAILED;
            }
        }
        return new Situation(
                sides.stable(),
                sides.canary(),
                new Weight(weight),
                ledger.debt(Resource.STABLE),
                route,
                ledger.debt(Resource.CANARY),
                ledger.debt(Resource.LOAD));
    }

    private boolean owesAnything() {
        return ledger.touched().stream().anyMatch(r -> ledger.debt(r) == Debt.OWED);
    }

    private void traffic(Weight to) {
        RouteTarget route = site.route();
        ledger.begin(Resource.ROUTE, now());
        try {
            RouteState now =
                    ports.route("undo: " + to + " to the canary").shift(ledger.again(Resource.ROUTE), route, to);
            board.weights(to, now.percentOf(route.canary().service()));
        } catch (TemporalFailure failure) {
            ledger.settle(Resource.ROUTE, resultOf(failure), now());
        }
    }

    private UndoResult restoreStable() {
        HelmTarget stable = site.stable();
        Optional<String> changed = ports.guard("is stable as we left it").compare(site.takeBack(stable));
        if (changed.isPresent()) {
            return new UndoResult.NotOurs(changed.get());
        }
        UndoResult result = back(ledger.again(Resource.STABLE), stable);
        Optional<PriorState> prior = ledger.prior(Resource.STABLE);
        if (result.done() && prior.orElseThrow() instanceof PriorState.HelmRevision revision) {
            Verdict ready = ports.pods("wait until " + stable.release() + " is ready again")
                    .awaitReady(new ReadinessOrder(
                            stable, revision.revision(), site.environment().startUpLimit()));
            if (!(ready instanceof Verdict.Passed)) {
                return new UndoResult.Failed(result.detail() + ", but it does not become ready: " + ready.reason());
            }
        }
        return result;
    }

    private UndoResult back(Permit permit, HelmTarget target) {
        Helm helm = ports.helm("undo: " + target.release());
        return site.undoHooks() ? helm.restoreWithHooks(permit, target) : helm.restore(permit, target);
    }

    private UndoResult endLoad() {
        return ports.loadEnd("undo: the load").end(ledger.again(Resource.LOAD), site.stable());
    }

    private UndoResult restoreRoute() {
        UndoResult result = ports.route("undo: the route").restore(ledger.again(Resource.ROUTE), site.route());
        if (result.done()) {
            board.weights(Weight.NONE, 0);
        }
        return result;
    }

    private void settle(Resource resource, Supplier<UndoResult> restore) {
        UndoResult result;
        ledger.begin(resource, now());
        try {
            result = restore.get();
        } catch (TemporalFailure failure) {
            result = resultOf(failure);
        }
        ledger.settle(resource, result, now());
        board.diary()
                .write(
                        Fact.Kind.PUT_BACK,
                        resource + " " + result.word() + ": " + result.detail(),
                        Map.of("resource", resource.name(), "result", result.word()));
        board.phase(Phase.UNDOING, "", resource + " " + result.word() + ": " + result.detail());
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    private static UndoResult resultOf(TemporalFailure failure) {
        String sentence = Failures.sentence(failure);
        boolean foreign = Failures.is(failure, FailureType.INTERFERED);
        return foreign ? new UndoResult.NotOurs(sentence) : new UndoResult.Failed(sentence);
    }

    /** Waits for a person; null means try again. */
    private @Nullable Said stuck(StopCause cause) {
        // from the moment that it says STUCK somebody may answer, also before Temporal has the page
        int before = retries;
        String id = site.id().toString();
        String reason = remains() + "; stopped because: " + cause.reason() + "; next: slipway retry-undo " + id
                + "  or  slipway accept-as-is " + id + "; runbook: " + Alert.SlipwayStuck.runbook();
        board.phase(Phase.STUCK, "retry-undo or accept-as-is", reason);
        pages.open(Alert.SlipwayStuck, reason);
        Workflow.await(() -> retries > before || accepted != null);
        return accepted;
    }

    private static String because(Said said) {
        return said.reason().isEmpty() ? ": " : " (" + said.reason() + "): ";
    }

    private String remains() {
        return ledger.touched().stream()
                .filter(r -> ledger.debt(r) != Debt.NONE)
                .map(r -> r + " is not back ("
                        + ledger.result(r).map(UndoResult::detail).orElse("not tried, it would not be safe") + ")")
                .collect(Collectors.joining("; "));
    }

    /** Somebody else's change may be both what stopped the stage and what its undo left alone: said once is enough. */
    private static String once(String foreign, StopCause cause) {
        return foreign.contains(cause.reason()) ? foreign : foreign + " (stopped because: " + cause.reason() + ")";
    }

    private Optional<String> foreign() {
        String what = ledger.touched().stream()
                .filter(r -> ledger.result(r).orElse(null) instanceof UndoResult.NotOurs)
                .map(r -> r + ": " + ledger.result(r).orElseThrow().detail())
                .collect(Collectors.joining("; "));
        return what.isEmpty() ? Optional.empty() : Optional.of(what);
    }
}
