package dev.slipway.activities.helm;

import dev.slipway.activities.bundle.Bundles;
import dev.slipway.activities.fence.LeaseWriters;
import dev.slipway.activities.fence.WriteRight;
import dev.slipway.activities.fence.Writer;
import dev.slipway.activities.fence.Writers;
import dev.slipway.model.UndoResult;
import dev.slipway.model.Verdict;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.Deployed;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Helm;
import dev.slipway.workflows.api.HelmObservation;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.RenderOrder;
import dev.slipway.workflows.api.RenderReport;
import dev.slipway.workflows.undo.Permit;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
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
    private final HelmSettings settings;
    private final Bundles bundles;
    private final HelmRunner runner;
    private final Writers writers;
    private final Supplier<Pulse> pulse;
    private final Clock clock = Clock.systemUTC();
    private final String writer = UUID.randomUUID().toString().substring(0, 8);

    /**
     * Checks helm and the kubeconfig.
     *
     * @throws IllegalArgumentException with a sentence when helm is not the pinned one or too old, or when the kubeconfig
     *     would run programs
     */
    public HelmActivities(HelmSettings settings, Bundles bundles) {
        this(settings, bundles, Pulse::ofActivity);
    }

    HelmActivities(HelmSettings settings, Bundles bundles, Supplier<Pulse> pulse) {
        this(settings, bundles, HelmProcess.checked(settings), LeaseWriters.of(settings.kubeconfig()), pulse);
    }

    HelmActivities(HelmSettings settings, Bundles bundles, HelmRunner runner, Writers writers, Supplier<Pulse> pulse) {
        this.settings = settings;
        this.bundles = bundles;
        this.runner = runner;
        this.writers = writers;
        this.pulse = pulse;
    }

    @Override
    public HelmObservation observe(HelmTarget target) {
        return new Observation(client(), target).look();
    }

    @Override
    public RenderReport render(RenderOrder order) {
        try {
            ChartContract.Side stable = side(order, order.stable(), Optional.empty());
            Optional<ChartContract.Side> canary =
                    order.canaryFor().map(w -> side(order, order.stable().canary(), Optional.of(w)));
            return new ChartContract(order.image(), canary.isPresent()).check(stable, canary);
        } catch (ApplicationFailure failure) {
            if (FailureType.INVALID_INPUT.name().equals(failure.getType())) {
                Verdict wrong = Verdict.failed(failure.getOriginalMessage());
                return new RenderReport(wrong, Optional.empty(), Optional.empty());
            }
            throw failure;
        }
    }

    private ChartContract.Side side(RenderOrder order, HelmTarget target, Optional<Weight> canary) {
        Chart chart = Chart.read(bundles, order.bundle(), order.valuesFiles(), order.image(), canary);
        HelmCommand command =
                HelmCli.template(target, chart.folder(), chart.values().json());
        return new ChartContract.Side(target.release(), client().template(command, chart.values()));
    }

    @Override
    public Deployed apply(Permit permit, DeployOrder order) {
        Chart chart = Chart.read(bundles, order.bundle(), order.valuesFiles(), order.image(), order.canaryFor());
        return alone(order.target(), permit, client -> {
            Ownership ownership = ownership(client, order.target(), permit);
            Recovery recovery = recovery(client, order.target(), permit);
            return new Deployment(client, ownership, recovery, permit, order, writer).apply(chart);
        });
    }

    @Override
    public UndoResult restore(Permit permit, HelmTarget target) {
        return alone(target, permit, client -> undo(client, target, permit).run());
    }

    @Override
    public void uninstall(Permit permit, HelmTarget target) {
        alone(target, permit, client -> {
            Removal removal =
                    new Removal(client, ownership(client, target, permit), recovery(client, target, permit), target);
            removal.run();
            return target;
        });
    }

    private Undo undo(HelmClient client, HelmTarget target, Permit permit) {
        return new Undo(client, ownership(client, target, permit), recovery(client, target, permit), target, permit);
    }

    private <T> T alone(HelmTarget target, Permit permit, Function<HelmClient, T> change) {
        Pulse beating = pulse.get();
        try (Writer writing = writers.take(permit, target.namespace(), beating.call(), beating::beat)) {
            return change.apply(new HelmClient(runner, writing, beating));
        }
    }

    private HelmClient client() {
        return new HelmClient(runner, WriteRight.NONE, pulse.get());
    }

    private Ownership ownership(HelmClient client, HelmTarget target, Permit permit) {
        return new Ownership(client, target, permit, settings.staleAfter(), clock);
    }

    private Recovery recovery(HelmClient client, HelmTarget target, Permit permit) {
        return new Recovery(client, target, permit, writer, settings.undoTimeout());
    }

    /** Removes helm's private folder. */
    @Override
    public void close() {
        writers.close();
        runner.close();
    }
}
