package dev.slipway.activities.orphan;

import dev.slipway.model.BackendWeight;
import dev.slipway.model.Environment;
import dev.slipway.model.PriorState;
import dev.slipway.model.Resource;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Remains;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.api.Trace;
import dev.slipway.workflows.undo.Stamp;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that is known of one slot whose stage is gone: from its claim, or from the marks when somebody deleted the Lease. */
final class Slot {
    private final Environment environment;
    private final StoredRevisions revisions;
    private final List<MarkedRoute> routes;
    private final List<MarkedJob> jobs;
    private final List<Trace> traces;
    private final List<String> missing = new ArrayList<>();
    private final Map<Resource, PriorState> ledger = new EnumMap<>(Resource.class);
    private long epoch;

    /**
     * @param traces of this slot alone
     * @param epoch that the Lease tells
     */
    Slot(KubernetesClient client, Environment environment, List<Trace> traces, long epoch) {
        this.environment = environment;
        this.traces = traces;
        this.epoch = epoch;
        this.revisions = new StoredRevisions(client, environment.namespace());
        this.routes = MarkedRoute.all(client, environment.namespace());
        this.jobs = MarkedJob.all(client, environment.namespace());
    }

    Remains of(Claim claim) {
        String run = claim.stamp().stageRun();
        routes.stream().filter(r -> r.mark().run().equals(run)).forEach(r -> seen(r.epoch()));
        Optional<StoredRevision> stable = newest(claim.stable(), run);
        newest(claim.stable().canary(), run);
        jobs.stream().filter(job -> job.mark().run().equals(run)).forEach(job -> seen(job.epoch()));
        return new Remains(Optional.of(claim), found(), List.of(), epoch, left(claim.stable(), stable));
    }

    /** The run that left the most recent mark is put back; what another one has left is found by the next call. */
    Remains ofMarks() {
        if (traces.isEmpty()) {
            return Remains.NONE;
        }
        Trace last = traces.get(traces.size() - 1);
        String run = last.stageRun();
        String release = traces.stream()
                .flatMap(t -> revisions.newest().stream())
                .filter(r -> r.labelledRun().equals(Optional.of(run))
                        || r.mark().map(Marks::run).equals(Optional.of(run)))
                .map(StoredRevision::stable)
                .findFirst()
                .orElse(last.slot().service().value());
        HelmTarget stable = new HelmTarget(environment.name(), environment.namespace(), release);
        int attempt = attempt(run, stable);
        canary(stable, run);
        load(run);
        Optional<StoredRevision> ours = stable(stable, run);
        @Nullable RouteTarget route = route(run);
        Stamp stamp = new Stamp(last.release(), attempt, environment.name(), run);
        Claim claim = new Claim(stamp, environment, stable, Optional.ofNullable(route), ledger, epoch);
        return new Remains(Optional.of(claim), found(), missing, epoch, left(stable, ours));
    }

    private void canary(HelmTarget stable, String run) {
        newest(stable.canary(), run).ifPresent(revision -> {
            Optional<Integer> prior = prior(revision);
            ledger.put(
                    Resource.CANARY,
                    prior.<PriorState>flatMap(n -> stored(stable.canary(), n)).orElseGet(PriorState.Absent::new));
        });
    }

    private void load(String run) {
        jobs.stream().filter(job -> job.mark().run().equals(run)).forEach(job -> {
            seen(job.epoch());
            ledger.put(Resource.LOAD, new PriorState.Absent());
        });
    }

    private Optional<StoredRevision> stable(HelmTarget stable, String run) {
        Optional<StoredRevision> ours = newest(stable, run);
        ours.ifPresent(revision -> {
            Optional<Integer> prior = revision.begun() ? deployedBefore(stable, run) : prior(revision);
            if (prior.isEmpty() && !revision.begun()) {
                ledger.put(Resource.STABLE, new PriorState.Absent());
            } else {
                prior.flatMap(n -> stored(stable, n))
                        .ifPresentOrElse(
                                known -> ledger.put(Resource.STABLE, known), () -> missing.add(byHand(stable, prior)));
            }
        });
        return ours;
    }

    private static String byHand(HelmTarget stable, Optional<Integer> prior) {
        String which = prior.map(n -> "revision " + n + ", to which " + stable.release()
                        + " goes back, is no longer in Helm's history")
                .orElse("the revision that " + stable.release() + " was at before is told by no mark");
        return which + " (by hand: helm history " + stable.release() + " -n " + stable.namespace()
                + ", then helm rollback " + stable.release() + " REVISION -n " + stable.namespace() + " --no-hooks)";
    }

    /** The weights before are told by no mark; all to stable is what a route has before a canary, by the chart contract. */
    private @Nullable RouteTarget route(String run) {
        for (MarkedRoute route : routes) {
            Optional<BackendWeight> canary = route.canary();
            if (!route.mark().run().equals(run) || canary.isEmpty()) {
                continue;
            }
            seen(route.epoch());
            Optional<BackendWeight> stable = route.stable();
            if (stable.isEmpty()) {
                missing.add(
                        "which backend of HTTPRoute " + route.name() + " is stable's (by hand: kubectl edit httproute "
                                + route.name() + " -n " + environment.namespace()
                                + ", and leave the one backendRef to stable)");
                continue;
            }
            BackendWeight all = new BackendWeight(stable.get().backend(), 100);
            ledger.put(Resource.ROUTE, new PriorState.RouteBackends(List.of(all), route.epoch()));
            return new RouteTarget(
                    environment.name(),
                    environment.namespace(),
                    route.name(),
                    stable.get().backend(),
                    canary.get().backend());
        }
        return null;
    }

    /** The newest revision when this run has made it; its epoch counts. */
    private Optional<StoredRevision> newest(HelmTarget target, String run) {
        return revisions.newest(target.release()).filter(revision -> {
            Optional<Marks> mark = revision.mark();
            boolean ours = revision.labelledRun().equals(Optional.of(run))
                    || mark.map(Marks::run).equals(Optional.of(run));
            if (ours) {
                seen(revision.labelledEpoch());
                mark.ifPresent(m -> seen(m.epoch()));
            }
            return ours;
        });
    }

    private static Optional<Integer> prior(StoredRevision revision) {
        return revision.mark().flatMap(m -> m.prior().stream().boxed().findFirst());
    }

    /** Helm leaves the revision before deployed for as long as it is at work on the next. */
    private Optional<Integer> deployedBefore(HelmTarget target, String run) {
        return revisions.of(target.release()).stream()
                .filter(StoredRevision::deployed)
                .filter(r -> !r.labelledRun().equals(Optional.of(run)))
                .reduce((a, b) -> b)
                .map(StoredRevision::number);
    }

    private Optional<PriorState.HelmRevision> stored(HelmTarget target, int number) {
        return revisions.of(target.release()).stream()
                .filter(r -> r.number() == number)
                .findFirst()
                .map(StoredRevision::asPrior);
    }

    private int attempt(String run, HelmTarget stable) {
        return revisions
                .newest(stable.canary().release())
                .flatMap(StoredRevision::mark)
                .filter(m -> m.run().equals(run))
                .or(() -> routes.stream()
                        .map(MarkedRoute::mark)
                        .filter(m -> m.run().equals(run))
                        .findFirst())
                .map(Marks::attempt)
                .orElse(1);
    }

    /** What the guard may compare: a revision that Helm has not finished is nobody's change but ours. */
    private static List<Footprint.Release> left(HelmTarget stable, Optional<StoredRevision> ours) {
        return ours.filter(StoredRevision::deployed)
                .map(r -> List.of(new Footprint.Release(stable, r.number())))
                .orElse(List.of());
    }

    private void seen(long other) {
        epoch = Math.max(epoch, other);
    }

    private List<String> found() {
        return traces.stream().map(Trace::what).toList();
    }
}
