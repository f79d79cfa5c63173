package dev.slipway.model.analysis.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TapeTest {
    private static final Objective OBJECTIVE = Objective.parse("99%");

    @Test
    void whatIsReplayedIsWhatWasWeighedHoweverLongItWas() {
        Random random = new Random(3);
        Map<String, Trial> begin = Map.of(
                "errors", AgainstStable.ramp(OBJECTIVE, Risk.OF_A_RELEASE),
                "latency", Detector.absolute(OBJECTIVE, 0.001, Duration.ofHours(8)));
        Map<String, Trial> trials = new HashMap<>(begin);
        Tape tape = Tape.begin(Instant.EPOCH, begin);
        Duration past = Duration.ZERO;
        for (int i = 0; i < 3_000; i++) {
            Duration covers = Duration.ofMillis(1_000 + random.nextInt(5_000));
            past = past.plus(covers);
            Map<String, Scrape> scrapes = Map.of("errors", scrape(random, covers), "latency", scrape(random, covers));
            scrapes.forEach((slo, scrape) -> trials.computeIfPresent(slo, (name, trial) -> trial.plus(scrape)));
            tape = tape.plus(scrapes);
        }

        assertThat(tape.replay()).isEqualTo(trials);
        assertThat(tape.since()).isAfter(Instant.EPOCH).isBefore(Instant.EPOCH.plus(past));
        assertThat(tape.scrapes().length()).isLessThan(16_100);
    }

    private static Scrape scrape(Random random, Duration covers) {
        long total = random.nextInt(300);
        long many = random.nextInt(1_000_000);
        return new Scrape(
                covers,
                new Events(total == 0 ? 0 : random.nextInt((int) Math.min(total, 3)), total),
                new Events(Math.min(many, 5), many));
    }
}
