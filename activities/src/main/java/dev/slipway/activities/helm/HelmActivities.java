package dev.slipway.activities.helm;

import dev.slipway.activities.bundle.Bundles;
import dev.slipway.activities.bundle.Diffs;
import dev.slipway.activities.fence.LeaseWriters;
import dev.slipway.activities.fence.WriteRight;
import dev.slipway.activities.fence.Writer;
import dev.slipway.activities.fence.Writers;
import dev.slipway.activities.kubernetes.Kubernetes;
import dev.slipway.activities.seal.Seal;
import dev.slipway.model.Difference;
import dev.slipway.model.UndoResult;
import dev.slipway.model.Verdict;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.Deployed;
import dev.slipway.workflows.api.DifferenceOrder;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Helm;
import dev.slipway.workflows.api.HelmObservation;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.RenderOrder;
import dev.slipway.workflows.api.RenderReport;
import dev.slipway.workflows.undo.Permit;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Helm releases through the helm binary. One writer at a time per slot, over all workers, by the slot's Lease; a helm
 * whose worker has lost it changes nothing any more. A helm never outlives its worker, and an activity that is cancelled
 * ends when its helm has ended.
 */
public final class HelmActivities implements Helm, AutoCloseable {
    /** The age from which no helm of anybody can still be at work. */
    private static final Duration STRANDED = Duration.ofMinutes(30);

    private final HelmSettings settings;
    private final Bundles bundles;
    private final HelmRunner runner;
    private final Writers writers;
    private final Supplier<Pulse> pulse;
    private final HelmCluster cluster;
    private final Clock clock;
    private final Diffs diffs;
    private final Seal seal;
    private final String writer = UUID.randomUUID().toString().substring(0, 8);

    /**
     * Checks helm and the kubeconfig.
     *
     * @param diffs where whole diffs are kept
     * @param seal asked before anything of a new version is put there
     * @throws IllegalArgumentException with a sentence when helm is not the pinned one or too old, or when the kubeconfig
     *     would run programs
     */
    public HelmActivities(HelmSettings settings, Bundles bundles, Diffs diffs, Seal seal) {
        this(
                settings,
                bundles,
                HelmProcess.checked(settings),
                LeaseWriters.of(settings.kubeconfig()),
                Pulse::ofActivity,
                new ApiHelmCluster(Kubernetes.client(settings.kubeconfig())),
                Clock.systemUTC(),
                diffs,
                seal);
    }

    HelmActivities(HelmSettings settings, Bundles bundles, Supplier<Pulse> pulse) {
        this(settings, bundles, HelmProcess.checked(settings), LeaseWriters.of(settings.kubeconfig()), pulse);
    }

    HelmActivities(HelmSettings settings, Bundles bundles, HelmRunner runner, Writers writers, Supplier<Pulse> pulse) {
        this(settings, bundles, runner, writers, pulse, HelmCluster.NONE, Clock.systemUTC());
    }

    HelmActivities(
            HelmSettings settings,
            Bundles bundles,
            HelmRunner runner,
            Writers writers,
            Supplier<Pulse> pulse,
            HelmCluster cluster,
            Clock clock) {
        this(settings, bundles, runner, writers, pulse, cluster, clock, Diffs.NOWHERE, Seal.NONE);
    }

    HelmActivities(
            HelmSettings settings,
            Bundles bundles,
            HelmRunner runner,
            Writers writers,
            Supplier<Pulse> pulse,
            HelmCluster cluster,
            Clock clock,
            Diffs diffs,
            Seal seal) {
        this.settings = settings;
        this.bundles = bundles;
        this.runner = runner;
        this.writers = writers;
        this.pulse = pulse;
        this.cluster = cluster;
        this.clock = clock;
        this.diffs = diffs;
        this.seal = seal;
    }

    @Override
    public HelmObservation observe(HelmTarget target) {
        return new Observation(client(), lock(target, WriteRight.NONE), target).look();
    }

    @Override
    public RenderReport render(RenderOrder order) {
        try {
            Chart stable = chart(order, Optional.empty());
            Optional<Chart> canary = order.canaryFor().map(w -> chart(order, Optional.of(w)));
            return new Rendering(client(), cluster, order, pulse.get()).check(stable, canary);
        } catch (ApplicationFailure failure) {
            if (FailureType.INVALID_INPUT.name().equals(failure.getType())) {
                Verdict wrong = Verdict.failed(failure.getOriginalMessage());
                return new RenderReport(wrong, Optional.empty(), Optional.empty());
            }
            throw failure;
        }
    }

    @Override
    public Difference compare(DifferenceOrder order) {
        Chart chart = Chart.read(bundles, order.bundle(), order.valuesFiles(), order.image(), Optional.empty());
        return new Prospect(client(), cluster, order, diffs).of(chart);
    }

    private Chart chart(RenderOrder order, Optional<Weight> canary) {
        return Chart.read(bundles, order.bundle(), order.valuesFiles(), order.image(), canary);
    }

    @Override
    public Deployed apply(Permit permit, DeployOrder order) {
        seal.require(permit.stamp(), order);
        Chart chart = Chart.read(bundles, order.bundle(), order.valuesFiles(), order.image(), order.canaryFor());
        return alone(order.target(), permit, bench -> new Deployment(bench, permit, order, chart).apply());
    }

    @Override
    public UndoResult restore(Permit permit, HelmTarget target) {
        return alone(target, permit, bench -> new Undo(bench, permit, Hooks.SKIP).run());
    }

    @Override
    public UndoResult restoreWithHooks(Permit permit, HelmTarget target) {
        return alone(target, permit, bench -> new Undo(bench, permit, Hooks.RUN).run());
    }

    @Override
    public void uninstall(Permit permit, HelmTarget target) {
        alone(target, permit, bench -> {
            new Removal(bench, permit).run();
            return target;
        });
    }

    /** At most one writer at a time; what nobody can explain is tried once more and not for ever. */
    private <T> T alone(HelmTarget target, Permit permit, Function<Workbench, T> change) {
        Pulse beating = pulse.get();
        try (Writer writing = writers.take(permit, target.namespace(), beating.call(), beating::beat)) {
            return change.apply(bench(new HelmClient(runner, writing, beating), writing, target, permit));
        } catch (ApplicationFailure failure) {
            throw beating.attempt() > 1 ? HelmFailure.onSecondTry(failure) : failure;
        }
    }

    private HelmClient client() {
        return new HelmClient(runner, WriteRight.NONE, pulse.get());
    }

    private Workbench bench(HelmClient client, WriteRight right, HelmTarget target, Permit permit) {
        Ownership ownership = new Ownership(client, target, permit, settings.staleAfter(), clock);
        Recovery recovery = new Recovery(client, target, permit, writer, settings.undoTimeout());
        return new Workbench(target, client, cluster, ownership, lock(target, right), recovery, writer);
    }

    private Lock lock(HelmTarget target, WriteRight right) {
        return new Lock(cluster, target, right, STRANDED, clock);
    }

    /** Removes helm's private folder. */
    @Override
    public void close() {
        writers.close();
        runner.close();
        cluster.close();
    }
}
