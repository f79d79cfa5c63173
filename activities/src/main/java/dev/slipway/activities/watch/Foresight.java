package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.BoundsOrder;
import dev.slipway.workflows.api.HelmTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells before a deployment what the watch after it would only find out: that an SLO asks for a bucket which the histogram
 * does not have. It knows what runs now; where nothing does, or Prometheus is away, it leaves the answer to the watch.
 */
final class Foresight {
    private static final Logger LOG = LoggerFactory.getLogger(Foresight.class);
    private static final String NEXT = "; next: write one of them as 'below' in release.yaml, or add that bucket to the"
            + " service and first release it under a bound that is there already";

    private final CounterSource source;
    private final HelmTarget running;
    private final SloReader reader;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    private Foresight(CounterSource source, HelmTarget running) {
        this.source = source;
        this.running = running;
        this.reader = new SloReader(source, running);
    }

    /** Failed when one bound is certainly no bucket, Inconclusive when that is not known of one, Passed otherwise. */
    static Verdict of(CounterSource source, BoundsOrder order) {
        Foresight foresight = new Foresight(source, order.running());
        foresight.look(order.slos());
        return foresight.verdict();
    }

    private void look(List<Slo> slos) {
        try {
            Instant now = source.now();
            for (Slo slo : slos) {
                if (slo instanceof Slo.Latency latency) {
                    look(latency, now);
                }
            }
        } catch (PrometheusException e) {
            LOG.warn("whether latency bounds in {} are buckets is left to the watch", running.environment(), e);
            unknown.add("not known before the deployment: " + e.getMessage());
        }
    }

    private void look(Slo.Latency slo, Instant now) throws PrometheusException {
        try {
            Bounds bounds = reader.bounds(slo, now);
            if (bounds.isEmpty()) {
                LOG.info(
                        "whether {} of {} is a bucket in {} is left to the watch: it has no series there now",
                        Bounds.words(slo.below()),
                        slo.histogram(),
                        running.environment());
                unknown.add(slo.name() + ": not known before the deployment: " + slo.histogram() + " has no series of "
                        + running.release() + " in " + running.environment());
            } else if (bounds.of(slo.below()).isEmpty()) {
                wrong.add(slo.name() + ": " + reader.noBucket(slo, bounds));
            }
        } catch (IllegalArgumentException e) {
            wrong.add("SLO " + slo.name() + ": " + e.getMessage());
        }
    }

    private Verdict verdict() {
        if (!wrong.isEmpty()) {
            return Verdict.failed(String.join("; ", wrong) + NEXT);
        }
        return unknown.isEmpty() ? Verdict.passed() : Verdict.inconclusive(String.join("; ", unknown));
    }
}
