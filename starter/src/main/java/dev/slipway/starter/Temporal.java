package dev.slipway.starter;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Calls to Temporal with a limit: a person waits for every one of them. */
@Component
class Temporal implements DisposableBean {
    private static final Set<Status.Code> UNANSWERED =
            Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "temporal-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    private final StarterSettings.Temporal limits;

    Temporal(StarterSettings settings) {
        this.limits = settings.temporal();
    }

    /** Asks something that Temporal, or a query, answers at once. */
    <T> T ask(Callable<T> question) {
        return within(limits.queryLimit(), question);
    }

    /** Says something that a worker must take up, or reads a long list. */
    <T> T say(Callable<T> update) {
        return within(limits.updateLimit(), update);
    }

    /** How long a question waits, for people. */
    String patience() {
        return limits.queryLimit().toSeconds() + " s";
    }

    /** gRPC gives up at the limit, whatever the SDK would still try. */
    private <T> T within(Duration limit, Callable<T> call) {
        Context.CancellableContext context =
                Context.current().withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS, clock);
        try {
            return context.call(call);
        } catch (RuntimeException e) {
            throw tooLate(context, e) ? Status.DEADLINE_EXCEEDED.withCause(e).asRuntimeException() : e;
        } catch (Exception e) {
            throw new IllegalStateException("a call to Temporal failed", e);
        } finally {
            context.cancel(null);
        }
    }

    /** The SDK refuses a retry for which no time is left as an IllegalArgumentException ("invalid expiration"). */
    private static boolean tooLate(Context context, Throwable failure) {
        Deadline deadline = context.getDeadline();
        return deadline != null
                && deadline.isExpired()
                && causedBy(failure, cause -> cause instanceof IllegalArgumentException);
    }

    /** Whether nobody answered, as opposed to an answer that says no. */
    static boolean unanswered(Throwable failure) {
        return causedBy(
                failure,
                cause -> cause instanceof TimeoutException
                        || (cause instanceof StatusRuntimeException status
                                && UNANSWERED.contains(status.getStatus().getCode())));
    }

    private static boolean causedBy(Throwable failure, Predicate<Throwable> what) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(what);
    }

    @Override
    public void destroy() {
        clock.shutdownNow();
    }
}
