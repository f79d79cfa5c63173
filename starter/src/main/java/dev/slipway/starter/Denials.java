package dev.slipway.starter;

import dev.slipway.model.StageView;
import dev.slipway.workflows.api.Denied;
import dev.slipway.workflows.api.StageWorkflow;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Votes that were turned away before any gate heard of them: counted, in the log, and on record with the stage that runs. The
 * records know of a handful for each run of a stage, since every note makes its history longer; the log knows all.
 */
@Component
class Denials {
    private static final Logger LOG = LoggerFactory.getLogger(Denials.class);
    private static final int MOST_OF_A_RUN = 50;
    private static final int RUNS = 1000;

    private final Desk desk;
    private final Temporal temporal;
    private final Counter counter;
    private final Map<String, Integer> byRun = new LinkedHashMap<>();

    Denials(Desk desk, Temporal temporal, MeterRegistry meters) {
        this.desk = desk;
        this.temporal = temporal;
        this.counter = Counter.builder("slipway.votes.denied")
                .description("votes that were turned away by the starter")
                .register(meters);
    }

    /** Writes it down; a note that cannot be written is in the log alone and changes no answer. */
    void note(Seen seen, Denied denied) {
        counter.increment();
        LOG.info(
                "a vote of {} on {} at {} was turned away: {}",
                denied.by(),
                seen.view().release(),
                denied.gate(),
                denied.why());
        Optional<StageView> stage = Desk.running(seen);
        if (stage.isEmpty() || !within(String.valueOf(stage.get().runId()))) {
            return;
        }
        StageWorkflow workflow = desk.stage(seen, stage.get());
        try {
            temporal.ask(() -> {
                workflow.denied(denied);
                return true;
            });
        } catch (RuntimeException lost) {
            LOG.warn("that is in this log alone: Temporal did not take it", lost);
        }
    }

    private synchronized boolean within(String run) {
        if (byRun.size() >= RUNS && !byRun.containsKey(run)) {
            byRun.remove(byRun.keySet().iterator().next());
        }
        return byRun.merge(run, 1, Integer::sum) <= MOST_OF_A_RUN;
    }
}
