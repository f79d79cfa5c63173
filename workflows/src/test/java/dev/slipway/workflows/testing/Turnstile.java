package dev.slipway.workflows.testing;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Stands before every activity of a scenario: holds a call of one type until the test lets it pass, or fails it. */
public final class Turnstile extends WorkerInterceptorBase {
    private static final int PATIENCE_SECONDS = 60;

    private final Map<String, Deque<Held>> holds = new HashMap<>();
    private final Map<String, Deque<ApplicationFailure>> failures = new HashMap<>();

    /** One call that was, or will be, held. */
    public static final class Held {
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch pass = new CountDownLatch(1);

        /** Waits until the call is there. */
        public void awaitArrival() {
            await(arrived);
        }

        public void letPass() {
            pass.countDown();
        }
    }

    /** The next call of this type waits: {@code Helm_Apply}. */
    public synchronized Held hold(String activityType) {
        Held held = new Held();
        holds.computeIfAbsent(activityType, t -> new ArrayDeque<>()).add(held);
        return held;
    }

    /** The next call of this type fails so, and changes nothing. */
    public synchronized void fail(String activityType, ApplicationFailure failure) {
        failures.computeIfAbsent(activityType, t -> new ArrayDeque<>()).add(failure);
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        AtomicReference<ActivityExecutionContext> call = new AtomicReference<>();
        return new ActivityInboundCallsInterceptorBase(next) {
            @Override
            public void init(ActivityExecutionContext context) {
                call.set(context);
                super.init(context);
            }

            @Override
            public ActivityOutput execute(ActivityInput input) {
                String type = call.get().getInfo().getActivityType();
                Held held = next(holds, type);
                if (held != null) {
                    held.arrived.countDown();
                    beat(call.get(), held.pass);
                }
                ApplicationFailure failure = next(failures, type);
                if (failure != null) {
                    throw failure;
                }
                return super.execute(input);
            }
        };
    }

    /** Alive, as helm is while it runs; a worker that has lost Temporal goes on with it. */
    private static void beat(ActivityExecutionContext call, CountDownLatch pass) {
        try {
            while (!pass.await(1, TimeUnit.SECONDS)) {
                try {
                    call.heartbeat(null);
                } catch (ActivityCompletionException unheard) {
                    // helm is let end: what it has done is found by the next attempt
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized <T> T next(Map<String, Deque<T>> queues, String type) {
        Deque<T> queue = queues.get(type);
        return queue == null ? null : queue.poll();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
