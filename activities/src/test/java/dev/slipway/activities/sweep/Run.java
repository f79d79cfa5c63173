package dev.slipway.activities.sweep;

import dev.slipway.activities.helm.MemoryHelm;
import dev.slipway.activities.sweep.Attempt.Body;
import dev.slipway.activities.sweep.Attempt.Died;
import dev.slipway.activities.sweep.Attempt.Sleeper;
import dev.slipway.workflows.api.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The activities of one run, of which one may meet a fault in its first attempt. */
final class Run {
    private static final IntConsumer UNDISTURBED = write -> {};
    private static final int WRITES_OF_HELM = 3;

    private final World world;
    private final @Nullable Cut at;
    private final @Nullable Fault fault;
    private final Map<String, Cut> cuts = new HashMap<>();
    private final List<Cut> seen = new ArrayList<>();
    private final AtomicLong attempts = new AtomicLong();
    private @Nullable Sleeper sleeper;

    Run(World world, @Nullable Cut at, @Nullable Fault fault) {
        this.world = world;
        this.at = at;
        this.fault = fault;
    }

    World world() {
        return world;
    }

    /** The activities in the order in which they were first tried. */
    synchronized List<Cut> seen() {
        return List.copyOf(seen);
    }

    /**
     * One attempt.
     *
     * @param id of the activity, the same for all its attempts
     * @param of what it is about
     * @param body binds to the worker that lives now
     */
    Object attempt(String activity, String id, int attempt, String of, Supplier<Body> body) throws Throwable {
        Cut cut = cut(activity, id, of);
        boolean here = at != null && cut.is(at);
        try {
            if (!here) {
                return plain(cut, body.get());
            }
            return attempt == 1 ? faulty(cut, body) : next(cut, body.get());
        } catch (Died died) {
            world.newWorker();
            throw timeout();
        }
    }

    private synchronized Cut cut(String activity, String id, String of) {
        return cuts.computeIfAbsent(id, first -> {
            int before = (int)
                    seen.stream().filter(c -> c.activity().equals(activity)).count();
            Cut cut = new Cut(activity, before + 1, of);
            seen.add(cut);
            return cut;
        });
    }

    private Object plain(Cut cut, Body body) throws Throwable {
        return interrupted(cut, body, UNDISTURBED);
    }

    private Object interrupted(Cut cut, Body body, IntConsumer beforeWrite) throws Throwable {
        return new Attempt(attempts.incrementAndGet(), cut, beforeWrite).run(body);
    }

    private Object faulty(Cut cut, Supplier<Body> body) throws Throwable {
        switch (Objects.requireNonNull(fault)) {
            case KILLED_BEFORE -> throw new Died();
            case KILLED_AFTER -> {
                plain(cut, body.get());
                throw new Died();
            }
            case LATE_DURING, LATE_AFTER, LATE_AT_THE_END -> {
                sleeper = new Sleeper(attempts.incrementAndGet(), cut, body.get());
                throw new Died();
            }
            case TWICE -> {
                plain(cut, body.get());
                return plain(cut, body.get());
            }
            case FAILED_ONCE -> throw FailureType.UNREACHABLE.failure("the API server is away");
            case WORKER_DIES_IN_THE_MIDDLE -> {
                return interrupted(cut, body.get(), at(2, Died::new));
            }
            case WORKER_DIES_BEFORE_THE_LAST -> {
                return interrupted(cut, body.get(), at(WRITES_OF_HELM, Died::new));
            }
            case HELM_DIES_IN_THE_MIDDLE -> {
                return interrupted(cut, body.get(), at(2, MemoryHelm.HelmKilled::new));
            }
            case HELM_DIES_BEFORE_THE_LAST -> {
                return interrupted(cut, body.get(), at(WRITES_OF_HELM, MemoryHelm.HelmKilled::new));
            }
            case HELM_LIES -> {
                return interrupted(cut, body.get(), at(1, MemoryHelm.HelmLies::new));
            }
            case HELM_LIES_HALFWAY -> {
                return interrupted(cut, body.get(), at(WRITES_OF_HELM, MemoryHelm.HelmLies::new));
            }
            case FAILS_FOR_GOOD -> throw FailureType.CONFLICT.failure("this cannot be done");
        }
        throw new IllegalStateException("no such fault: " + fault);
    }

    private static IntConsumer at(int write, Supplier<Throwable> end) {
        return now -> {
            if (now == write) {
                Run.<RuntimeException>raise(end.get());
            }
        };
    }

    @SuppressWarnings("unchecked") // a death goes through code that declares no exception
    private static <E extends Throwable> void raise(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /** An attempt after the one that met the fault. */
    private Object next(Cut cut, Body body) throws Throwable {
        Sleeper late = sleeper;
        if (late == null || fault == Fault.LATE_AT_THE_END) {
            return plain(cut, body);
        }
        try {
            return fault == Fault.LATE_DURING ? interrupted(cut, body, write -> late.wake()) : plain(cut, body);
        } finally {
            late.wake();
        }
    }

    /** Whatever sleeps still, wakes now. */
    void wakeAll() {
        if (sleeper != null) {
            sleeper.wake();
        }
    }

    /** Temporal tries again after this as it does after a heartbeat timeout, which the test server takes real time for. */
    private static ApplicationFailure timeout() {
        return ApplicationFailure.newFailure("the worker is gone", "WORKER_GONE");
    }
}
