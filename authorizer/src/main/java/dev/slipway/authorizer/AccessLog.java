package dev.slipway.authorizer;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was passed on and what was refused: counted in {@code slipway.authorizer.calls}, and a refusal is logged, the same one
 * at most once a minute, since a worker that polls where it may not goes on trying.
 */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final long SILENT_NANOS = Duration.ofMinutes(1).toNanos();
    /** Callers may put what they like into a request; so many different refusals are remembered. */
    private static final int REMEMBERED = 1_000;

    private final MeterRegistry meters;
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    AccessLog(MeterRegistry meters) {
        this.meters = meters;
    }

    void passed(Caller caller, String method) {
        count(caller.name(), method, "passed");
    }

    void refused(Caller caller, String method, String why) {
        count(caller.name(), method, "refused");
        tell(method, why);
    }

    /** A certificate that is nobody's. */
    void unknown(String method, String why) {
        count("unknown", method, "refused");
        tell(method, why);
    }

    private void count(String caller, String method, String result) {
        meters.counter("slipway.authorizer.calls", "caller", caller, "method", method, "result", result)
                .increment();
    }

    private void tell(String method, String why) {
        if (told.size() >= REMEMBERED) {
            told.clear();
        }
        long now = System.nanoTime();
        Long last = told.get(why);
        if (last == null || now - last >= SILENT_NANOS) {
            told.put(why, now);
            LOG.warn("refused {}: {}", method, why.replaceAll("\\p{Cntrl}", "?"));
        }
    }
}
