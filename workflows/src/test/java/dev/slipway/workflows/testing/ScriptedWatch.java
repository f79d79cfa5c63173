package dev.slipway.workflows.testing;

import dev.slipway.model.Verdict;
import dev.slipway.model.analysis.Purpose;
import dev.slipway.workflows.api.BoundsOrder;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Watch;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import io.temporal.activity.Activity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A watch that answers as told, one answer per watch; Passed when nothing was told. */
public final class ScriptedWatch implements Watch {
    private static final long LIMIT_SECONDS = 120;

    private final Deque<Function<WatchOrder, WatchResult>> script = new ArrayDeque<>();
    private final Deque<Function<WatchOrder, WatchResult>> safetyScript = new ArrayDeque<>();
    private final List<WatchOrder> orders = new ArrayList<>();
    private final CountDownLatch watching = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<BoundsOrder> asked = new ArrayList<>();
    private BiFunction<WatchOrder, Optional<WatchState>, WatchResult> otherwise =
            (order, from) -> new WatchResult.Decided(Verdict.passed(), false);
    private Verdict bounds = Verdict.passed();
    private volatile String beat = "watching";

    /** The next watch that is not told otherwise answers this. */
    public synchronized ScriptedWatch then(Function<WatchOrder, WatchResult> answer) {
        script.add(answer);
        return this;
    }

    /** The next safety watch answers this; one that was told nothing ends at once. */
    public synchronized ScriptedWatch safety(Function<WatchOrder, WatchResult> answer) {
        safetyScript.add(answer);
        return this;
    }

    /** Watches that nothing was told about are done by a real one. */
    public synchronized ScriptedWatch otherwise(BiFunction<WatchOrder, Optional<WatchState>, WatchResult> real) {
        otherwise = real;
        return this;
    }

    /** What every watch tells as its heartbeat, before it does anything. */
    public ScriptedWatch beating(String words) {
        beat = words;
        return this;
    }

    /** What is said of latency bounds from now on. */
    public synchronized ScriptedWatch bounds(Verdict said) {
        bounds = said;
        return this;
    }

    /** What was asked about latency bounds. */
    public synchronized List<BoundsOrder> asked() {
        return List.copyOf(asked);
    }

    @Override
    public synchronized Verdict bounds(BoundsOrder order) {
        asked.add(order);
        return bounds;
    }

    public ScriptedWatch then(Verdict verdict) {
        return then(order -> new WatchResult.Decided(verdict, false));
    }

    /** The next watch goes on until the test ends. */
    public ScriptedWatch thenNeverEnds() {
        return then(order -> {
            watching.countDown();
            await(end);
            return new WatchResult.Decided(Verdict.inconclusive("the test ended"), false);
        });
    }

    /** Waits until the endless watch has begun. */
    public void awaitWatching() {
        try {
            if (!watching.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("no endless watch began within " + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void end() {
        end.countDown();
    }

    public synchronized List<WatchOrder> orders() {
        return List.copyOf(orders);
    }

    @Override
    public WatchResult watch(WatchOrder order, Optional<WatchState> from) {
        Function<WatchOrder, WatchResult> answer;
        BiFunction<WatchOrder, Optional<WatchState>, WatchResult> real;
        synchronized (this) {
            orders.add(order);
            real = otherwise;
            boolean safety = order.purpose() == Purpose.SAFETY;
            answer = safety ? safetyScript.poll() : script.poll();
            if (safety && answer == null) {
                throw FailureType.INVALID_INPUT.failure("no safety watch in this scenario");
            }
        }
        Activity.getExecutionContext().heartbeat(beat);
        return answer == null ? real.apply(order, from) : answer.apply(order);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
