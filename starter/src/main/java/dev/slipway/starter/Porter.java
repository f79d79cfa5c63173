package dev.slipway.starter;

import dev.slipway.records.Unavailable;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Brings what waits in the folders into the records: at the start, also all that is there from before there were records, and
 * then whatever an outage has left.
 */
@Component
class Porter implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Porter.class);
    private static final long AGAIN_SECONDS = 10;

    private final List<Depot> depots;
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "porter");
        thread.setDaemon(true);
        return thread;
    });
    private String told = "";

    Porter(BundleStore bundles, DiffStore diffs) {
        this.depots = List.of(bundles.depot(), diffs.depot());
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        ScheduledFuture<?> unused = rounds.scheduleWithFixedDelay(this::round, 0, AGAIN_SECONDS, TimeUnit.SECONDS);
    }

    private void round() {
        try {
            int brought = depots.stream().mapToInt(Depot::moveIn).sum();
            if (brought > 0) {
                LOG.info("{} bundles and diffs were moved from the data-dir into the records", brought);
            }
            Instant now = Instant.now();
            depots.forEach(depot -> depot.trim(now));
            told = "";
        } catch (Unavailable away) {
            tell(String.valueOf(away.getMessage()));
        } catch (RuntimeException failure) {
            tell(failure.toString());
        }
    }

    /** Each trouble once, not every ten seconds. */
    private void tell(String words) {
        if (!words.equals(told)) {
            LOG.warn("bundles and diffs wait in the data-dir for the records: {}", words);
            told = words;
        }
    }

    @Override
    public void destroy() {
        rounds.shutdownNow();
    }
}
