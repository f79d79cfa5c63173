package dev.slipway.activities.watch;

import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionClient;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityCompletionFailureException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports of an activity that has returned without a result, by its task token. */
final class TemporalReport implements Report {
    private static final Logger LOG = LoggerFactory.getLogger(TemporalReport.class);

    private final String name;
    private final ActivityCompletionClient client;
    private final byte[] token;
    private final Duration timeout;

    TemporalReport(String name, ActivityCompletionClient client, byte[] token, Duration timeout) {
        this.name = name;
        this.client = client;
        this.token = token.clone();
        this.timeout = timeout;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public void beat(WatchState seen) throws NotWanted {
        try {
            said(() -> client.heartbeat(token, seen));
        } catch (NotWanted e) {
            if (e.getCause() instanceof ActivityCanceledException) {
                client.reportCancellation(token, seen);
            }
            throw e;
        }
    }

    @Override
    public void end(WatchResult result) throws NotWanted {
        said(() -> client.complete(token, result));
        LOG.info("watch of {} ends: {}", name, words(result));
    }

    @Override
    public void fail(Exception cause) throws NotWanted {
        said(() -> client.completeExceptionally(token, cause));
    }

    private static String words(WatchResult result) {
        if (result instanceof WatchResult.Decided decided) {
            return decided.verdict().word() + " " + decided.verdict().reason();
        }
        if (result instanceof WatchResult.Interfered interfered) {
            return "interfered, " + interfered.what();
        }
        return result instanceof WatchResult.Blind blind ? "blind, " + blind.reason() : "handed over";
    }

    private static void said(Runnable call) throws NotWanted {
        try {
            call.run();
        } catch (ActivityCompletionException e) {
            Optional<Throwable> refusal = refusal(e);
            if (refusal.isPresent()) {
                throw new NotWanted(refusal.get().getClass().getSimpleName(), refusal.get());
            }
            throw e;
        }
    }

    /**
     * Whatever Temporal says means that this attempt is over; what it does not say is a failure of the call. The client wraps
     * the one in the other.
     */
    private static Optional<Throwable> refusal(ActivityCompletionException e) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .filter(cause -> cause instanceof ActivityCompletionException
                                && !(cause instanceof ActivityCompletionFailureException)
                        || cause instanceof StatusRuntimeException status
                                && status.getStatus().getCode() == Status.Code.NOT_FOUND)
                .findFirst();
    }
}
