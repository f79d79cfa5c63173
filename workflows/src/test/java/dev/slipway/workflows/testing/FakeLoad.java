package dev.slipway.workflows.testing;

import dev.slipway.model.Resource;
import dev.slipway.model.UndoResult;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Load;
import dev.slipway.workflows.api.LoadOrder;
import dev.slipway.workflows.undo.Permit;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs in memory that tell what the test says, one after the other; kept until they are ended. Thread safe. */
public final class FakeLoad implements Load {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final FakeCluster cluster;
    private final Deque<Optional<String>> script = new ArrayDeque<>();
    private final List<LoadOrder> orders = new ArrayList<>();
    private final Map<String, Long> ended = new HashMap<>();
    private final Map<String, String> jobs = new HashMap<>();
    private int unendable;
    private boolean refused;

    /** Tells the cluster's history what begins and ends. */
    public FakeLoad(FakeCluster cluster) {
        this.cluster = cluster;
    }

    /** The next thing to be told; empty when requests are sent again. */
    public synchronized FakeLoad tells(Optional<String> trouble) {
        script.add(trouble);
        return this;
    }

    /** The next so many attempts at ending it leave it there. */
    public synchronized FakeLoad unendable(int times) {
        unendable = times;
        return this;
    }

    /** Nobody may keep it: another stage has taken over. */
    public synchronized FakeLoad refused() {
        refused = true;
        return this;
    }

    /** What was asked for, in order. */
    public synchronized List<LoadOrder> orders() {
        return List.copyOf(orders);
    }

    /** The Jobs that send requests now, by the CronJob that they are made of. */
    public synchronized List<String> jobs() {
        return List.copyOf(jobs.values());
    }

    @Override
    public synchronized Optional<String> keep(Permit permit, LoadOrder order) {
        orders.add(order);
        if (refused || outdated(permit)) {
            throw FailureType.FENCED.failure("epoch " + permit.epoch() + " is stale");
        }
        if (jobs.put(key(permit, order.stable()), order.job()) == null) {
            cluster.happened(order.stable().environment() + ": load by " + order.job());
        }
        notifyAll();
        Optional<String> next = script.poll();
        return next == null ? untilEnded(permit) : next;
    }

    private boolean outdated(Permit permit) {
        return ended.getOrDefault(permit.stamp().stageRun(), 0L) > permit.epoch();
    }

    private Optional<String> untilEnded(Permit permit) {
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            while (!outdated(permit) && System.nanoTime() - end < 0) {
                wait(LIMIT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw FailureType.FENCED.failure("the load was ended");
    }

    /** Waits in real time until something sends requests. */
    public synchronized void awaitJobs() {
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            while (jobs.isEmpty() && System.nanoTime() - end < 0) {
                wait(LIMIT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized UndoResult end(Permit permit, HelmTarget stable) {
        if (permit.resource() != Resource.LOAD) {
            throw permitOf(permit);
        }
        ended.merge(permit.stamp().stageRun(), permit.epoch(), Math::max);
        notifyAll();
        if (unendable > 0) {
            unendable--;
            return new UndoResult.Failed("Job load-1 was deleted and is still there");
        }
        if (jobs.remove(key(permit, stable)) == null) {
            return new UndoResult.AlreadyThere("no Job of this stage sends requests");
        }
        cluster.happened(stable.environment() + ": load ended");
        return new UndoResult.Restored("Job load-1 deleted, with 1 pod");
    }

    private static ApplicationFailure permitOf(Permit permit) {
        return FailureType.INVALID_INPUT.failure("a permit for " + permit.resource() + " is none for a load");
    }

    private static String key(Permit permit, HelmTarget stable) {
        return stable.environment() + " " + permit.stamp().stageRun();
    }
}
