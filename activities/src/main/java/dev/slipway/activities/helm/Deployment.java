package dev.slipway.activities.helm;

import dev.slipway.model.PriorState;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.Deployed;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.undo.Permit;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;

/** Brings one Helm release to the new version: look, decide, act, look again. helm's exit code is a hint, not the truth. */
final class Deployment {
    /** A lock that is cleared, or an answer that was overtaken by somebody, is looked at again so often. */
    private static final int LOOKS = 4;

    private final Workbench bench;
    private final Look look;
    private final Permit permit;
    private final DeployOrder order;
    private final Chart chart;

    Deployment(Workbench bench, Permit permit, DeployOrder order, Chart chart) {
        this.bench = bench;
        this.look = bench.look();
        this.permit = permit;
        this.order = order;
        this.chart = chart;
    }

    /** Returns what is deployed now; throws when nothing was changed, or when the change failed. */
    Deployed apply() {
        ApplicationFailure overtaken = FailureType.HELM_LOCKED.failure(
                order.target().release() + " changes faster than it can be looked at: somebody else is at work on it");
        for (int looks = 0; looks < LOOKS; looks++) {
            Sight sight = look.now();
            HelmState state = HelmState.of(sight, Goal.deployed(permit));
            if (state instanceof HelmState.InSync there) {
                return deployed(there, true);
            }
            sight.newest().flatMap(Owned::ours).ifPresent(bench.ownership()::fence);
            if (state instanceof HelmState.Foreign foreign) {
                throw FailureType.INTERFERED.failure(order.target().release() + " " + foreign.words());
            }
            if (state instanceof HelmState.Locked locked) {
                unlock(locked.by());
                continue;
            }
            Finished finished = upgrade(sight);
            if (HelmState.of(look.now(), Goal.deployed(permit)) instanceof HelmState.InSync there) {
                return deployed(there, false);
            }
            ApplicationFailure failure = failure(finished);
            if (!HelmFailure.overtaken(finished)) {
                throw failure;
            }
            overtaken = failure;
        }
        throw overtaken;
    }

    private Deployed deployed(HelmState.InSync there, boolean already) {
        int revision = there.deployed().revision().revision();
        return new Deployed(
                revision, bench.client().manifest(order.target(), revision).digest(), already);
    }

    private void unlock(Owned locked) {
        boolean free = bench.lock().free(locked, bench.ownership());
        if (!free && locked.ours().isPresent()) {
            bench.recovery().unlock();
        }
    }

    /** Never without a way back. */
    private Finished upgrade(Sight sight) {
        Optional<PriorState.HelmRevision> prior = PriorRevision.of(permit);
        prior.flatMap(p -> bench.wayBack().blocked(sight, p)).ifPresent(why -> {
            throw FailureType.MISSING.failure(why + "; nothing was changed, because there would be no way back");
        });
        HelmCommand upgrade = HelmCli.upgrade(
                order.target(),
                chart,
                Mark.of(permit, bench.writer()),
                sight.history().next(),
                order.timeout(),
                WayBack.room(sight, prior, order.historyMax()));
        return bench.client().change(upgrade, chart.values().secrets());
    }

    /** What helm said, and of a hook what its pods said. */
    private ApplicationFailure failure(Finished finished) {
        ApplicationFailure failure =
                HelmFailure.of("helm upgrade " + order.target().release(), finished);
        if (!FailureType.HOOK_FAILED.name().equals(failure.getType())) {
            return failure;
        }
        Optional<String> trouble =
                look.now().newest().flatMap(o -> bench.cluster().hookTrouble(order.target(), o.revision()));
        return trouble.map(t -> FailureType.HOOK_FAILED.failure(failure.getOriginalMessage() + "; " + t))
                .orElse(failure);
    }
}
