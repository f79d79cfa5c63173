package dev.slipway.workflows.undo;

import dev.slipway.model.PriorState;
import dev.slipway.model.Resource;
import dev.slipway.model.UndoResult;
import dev.slipway.model.UndoView;
import dev.slipway.model.traffic.Debt;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One entry per resource that a stage has touched, with what it was before. Deterministic workflow state; the
 * order of an undo is decided by the stage.
 */
public final class UndoLedger {
    private final Stamp stamp;
    private final Map<Resource, PriorState> priors = new EnumMap<>(Resource.class);
    private final Map<Resource, UndoResult> results = new EnumMap<>(Resource.class);
    private long epoch;

    /** An empty ledger for one run of a stage. */
    public UndoLedger(Stamp stamp) {
        this.stamp = stamp;
    }

    /**
     * A permit for the resource; on the first one what is there is observed and recorded, before anything can be changed.
     *
     * @param observe asked on the first touch only
     */
    public Permit open(Resource resource, Supplier<PriorState> observe) {
        PriorState prior = priors.get(resource);
        if (prior == null) {
            prior = observe.get();
            priors.put(resource, prior);
            if (prior instanceof PriorState.RouteBackends route) {
                epoch = Math.max(epoch, route.epoch());
            }
        }
        return new Permit(resource, ++epoch, prior, stamp);
    }

    /**
     * A permit for a resource that was opened before.
     *
     * @throws IllegalStateException when it was not
     */
    public Permit again(Resource resource) {
        return open(resource, () -> {
            throw new IllegalStateException(resource + " was never opened");
        });
    }

    /** What the resource was, empty when it was not touched. */
    public Optional<PriorState> prior(Resource resource) {
        return Optional.ofNullable(priors.get(resource));
    }

    /** What was touched. */
    public Set<Resource> touched() {
        return priors.isEmpty() ? EnumSet.noneOf(Resource.class) : EnumSet.copyOf(priors.keySet());
    }

    /** What an undo still owes the resource; what somebody else took over is not owed. */
    public Debt debt(Resource resource) {
        UndoResult result = results.get(resource);
        if (!priors.containsKey(resource)) {
            return Debt.NONE;
        }
        if (result == null) {
            return Debt.OWED;
        }
        return result instanceof UndoResult.Failed ? Debt.FAILED : Debt.NONE;
    }

    /** A person asks to try again: what failed is owed again. */
    public void forgive() {
        results.values().removeIf(result -> result instanceof UndoResult.Failed);
    }

    /** Records how the undo of a resource ended. */
    public void settle(Resource resource, UndoResult result) {
        results.put(resource, result);
    }

    /** How the undo of a resource ended, empty before it was tried. */
    public Optional<UndoResult> result(Resource resource) {
        return Optional.ofNullable(results.get(resource));
    }

    /** The stage passed: nothing is to be undone any more. */
    public void commit() {
        priors.clear();
        results.clear();
    }

    /** For people. */
    public List<UndoView> view() {
        return priors.keySet().stream()
                .map(r -> result(r)
                        .map(u -> new UndoView(r, u.word(), u.detail()))
                        .orElse(new UndoView(r, "OPEN", "")))
                .toList();
    }
}
