package dev.slipway.workflows.undo;

import dev.slipway.model.PriorState;
import dev.slipway.model.Resource;
import dev.slipway.model.UndoResult;
import dev.slipway.model.UndoView;
import dev.slipway.model.traffic.Debt;
import java.time.Instant;
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
    private final Scribe scribe;
    private final Map<Resource, PriorState> priors = new EnumMap<>(Resource.class);
    private final Map<Resource, UndoResult> results = new EnumMap<>(Resource.class);
    private final Map<Resource, Instant> begun = new EnumMap<>(Resource.class);
    private final Map<Resource, Instant> ended = new EnumMap<>(Resource.class);
    private long epoch;

    /** Keeps a second copy of the ledger where an undo finds it when this run is gone. */
    @FunctionalInterface
    public interface Scribe {
        /** Returns when it is written down; throws when it cannot be, and then nothing may be touched. */
        void write(Map<Resource, PriorState> priors, long epoch);
    }

    /**
     * An empty ledger for one run of a stage.
     *
     * @param scribe told about each first touch before the permit is given out
     */
    public UndoLedger(Stamp stamp, Scribe scribe) {
        this.stamp = stamp;
        this.scribe = scribe;
    }

    /** Takes over what another run has written down and not put back. */
    public void adopt(Map<Resource, PriorState> left, long lastEpoch) {
        priors.putAll(left);
        above(lastEpoch);
    }

    /** New epochs are higher than this one. */
    public void above(long lastEpoch) {
        epoch = Math.max(epoch, lastEpoch);
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
            if (prior instanceof PriorState.RouteBackends route) {
                above(route.epoch());
            }
            Map<Resource, PriorState> with = new EnumMap<>(Resource.class);
            with.putAll(priors);
            with.put(resource, prior);
            scribe.write(with, epoch);
            priors.put(resource, prior);
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

    /** Who acts under this ledger. */
    public Stamp stamp() {
        return stamp;
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
        begun.keySet().retainAll(results.keySet());
        ended.keySet().retainAll(results.keySet());
    }

    /** The undo of a resource begins; only the first act on it is the begin. */
    public void begin(Resource resource, Instant now) {
        begun.putIfAbsent(resource, now);
    }

    /** Records how the undo of a resource ended. */
    public void settle(Resource resource, UndoResult result, Instant now) {
        begin(resource, now);
        results.put(resource, result);
        ended.put(resource, now);
    }

    /** How the undo of a resource ended, empty before it was tried. */
    public Optional<UndoResult> result(Resource resource) {
        return Optional.ofNullable(results.get(resource));
    }

    /** The stage has taken a resource away again by itself: it is as if it had never touched it. */
    public void forget(Resource resource) {
        priors.remove(resource);
        results.remove(resource);
        begun.remove(resource);
        ended.remove(resource);
    }

    /** The stage passed: nothing is to be undone any more. */
    public void commit() {
        priors.clear();
        results.clear();
        begun.clear();
        ended.clear();
    }

    /** For people. */
    public List<UndoView> view() {
        return priors.keySet().stream().map(this::view).toList();
    }

    private UndoView view(Resource resource) {
        UndoResult result = results.get(resource);
        return new UndoView(
                resource,
                result == null ? "OPEN" : result.word(),
                result == null ? "" : result.detail(),
                begun.get(resource),
                ended.get(resource));
    }
}
