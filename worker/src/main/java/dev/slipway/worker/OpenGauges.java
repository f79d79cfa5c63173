package dev.slipway.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows what is open, looked at again and again. What may become of an open stage is put at zero with it: Prometheus sees a
 * counter rise only when it has seen it before, and a worker that has just started has counted nothing.
 */
final class OpenGauges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenGauges.class);
    private static final Duration BETWEEN = Duration.ofSeconds(15);
    private static final List<String> COMPARED = List.of("PROMOTED", "ROLLED_BACK", "INTERFERED", "LEFT_AS_IS");
    private static final double MILLIS = 1000;

    private final OpenWork work;
    private final MeterRegistry meters;
    private final Clock clock;
    private final MultiGauge stages;
    private final MultiGauge pollers;
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong looked = new AtomicLong();
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(round -> {
        Thread thread = new Thread(round, "open-gauges");
        thread.setDaemon(true);
        return thread;
    });

    OpenGauges(OpenWork work, MeterRegistry meters, Clock clock) {
        this.work = work;
        this.meters = meters;
        this.clock = clock;
        this.stages = MultiGauge.builder("slipway_stage_open").register(meters);
        this.pollers = MultiGauge.builder("slipway_pollers").register(meters);
        Gauge.builder("slipway_untold", untold, AtomicLong::get).register(meters);
        Gauge.builder("slipway_looked_timestamp_seconds", looked, at -> at.get() / MILLIS)
                .register(meters);
    }

    void start() {
        var unused = rounds.scheduleWithFixedDelay(this::round, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What was seen last stays when Temporal does not answer; that it is old shows too. */
    void round() {
        try {
            show(work.look());
        } catch (RuntimeException away) {
            LOG.debug("nobody says what is open", away);
        }
    }

    private void show(OpenWork.Seen seen) {
        stages.register(
                seen.stages().stream()
                        .distinct()
                        .map(stage -> MultiGauge.Row.of(place(stage).and("phase", stage.phase()), 1))
                        .toList(),
                true);
        pollers.register(
                seen.pollers().entrySet().stream()
                        .map(queue -> MultiGauge.Row.of(Tags.of("environment", queue.getKey()), queue.getValue()))
                        .toList(),
                true);
        untold.set(seen.untold());
        seen.stages().forEach(stage -> zero(place(stage)));
        looked.set(clock.millis());
    }

    private void zero(Tags place) {
        COMPARED.forEach(outcome -> meters.counter("slipway_deployment", place.and("outcome", outcome)));
        List.of("slipway_lead_time", "slipway_restore_time")
                .forEach(time -> Timer.builder(time).tags(place).register(meters));
    }

    private static Tags place(OpenWork.Stage stage) {
        return Tags.of("service", stage.service(), "environment", stage.environment());
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
