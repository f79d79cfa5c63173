package dev.slipway.worker;

import dev.slipway.activities.Drain;
import io.grpc.StatusRuntimeException;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The life of a worker: it waits for Temporal, checks the namespace, polls, and drains. It starts last and stops first, so
 * that health answers before and after. In a drain, watches hand over at once and mutations end within the grace.
 */
@Component
class Polling implements SmartLifecycle {
    /** Where a worker is in its life. */
    enum Stage {
        STOPPED,
        WAITING_FOR_TEMPORAL,
        POLLING,
        DRAINING
    }

    private static final Logger LOG = LoggerFactory.getLogger(Polling.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final WorkerFactory factory;
    private final TemporalGate gate;
    private final WorkerSettings settings;
    private final Drain drain;
    private final Exit exit;
    private volatile Stage stage = Stage.STOPPED;
    private @Nullable Thread starter;

    Polling(WorkerFactory factory, TemporalGate gate, WorkerSettings settings, Drain drain, Exit exit) {
        this.factory = factory;
        this.gate = gate;
        this.settings = settings;
        this.drain = drain;
        this.exit = exit;
    }

    @Override
    public synchronized void start() {
        stage = Stage.WAITING_FOR_TEMPORAL;
        starter = new Thread(this::poll, "temporal-start");
        starter.start();
    }

    private void poll() {
        try {
            gate.await();
            synchronized (this) {
                if (stage == Stage.WAITING_FOR_TEMPORAL) {
                    factory.start();
                    stage = Stage.POLLING;
                    LOG.info("{} polls {}", settings.name(), settings.temporal().address());
                }
            }
        } catch (InterruptedException e) {
            LOG.info("{} stops before it began to poll", settings.name());
        } catch (TemporalGate.Closed | StatusRuntimeException e) {
            LOG.error("{} cannot work: {}", settings.name(), e.getMessage());
            exit.now(1);
        }
    }

    @Override
    public void stop() {
        Stage before;
        synchronized (this) {
            before = stage;
            stage = Stage.DRAINING;
            // the starter itself comes here when it ends the process
            if (starter != null && starter != Thread.currentThread()) {
                starter.interrupt();
            }
        }
        if (before == Stage.POLLING) {
            drain();
        }
        stage = Stage.STOPPED;
    }

    private void drain() {
        Duration grace = settings.drain().grace();
        Instant end = Instant.now().plus(grace);
        LOG.info("{} drains: watches hand over, what else runs has {} s", settings.name(), grace.toSeconds());
        drain.request();
        factory.shutdown();
        factory.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
        if (factory.isTerminated() && handedOver(Duration.between(Instant.now(), end))) {
            LOG.info("{} has drained", settings.name());
            return;
        }
        LOG.warn("{} still has work after {} s, which is interrupted now", settings.name(), grace.toSeconds());
        factory.shutdownNow();
        factory.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Watches run on when their activities have returned. */
    private boolean handedOver(Duration within) {
        try {
            return drain.awaitEnd(within);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Where this worker is in its life. */
    Stage stage() {
        return stage;
    }

    @Override
    public boolean isRunning() {
        return stage != Stage.STOPPED;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
