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
    private static final Trial DETECTOR = Detector.absolute(OBJECTIVE, 0.001, Duration.ofHours(8));

    @Test
    void whatIsReplayedIsWhatWasWeighedHoweverLongItWas() {
        Random random = new Random(3);
        Map<String, Trial> begin =
                Map.of("errors", AgainstStable.ramp(OBJECTIVE, Risk.OF_A_RELEASE), "latency", DETECTOR);
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
        assertThat(tape.scrapes().text().length()).isLessThan(16_100);
    }

    @Test
    void whoGoesOnFromTheSameTapeDoesNotWriteOverWhatTheOtherHasWritten() {
        Scrape first = new Scrape(Duration.ofSeconds(1), new Events(0, 10), Events.NONE);
        Scrape bad = new Scrape(Duration.ofSeconds(1), new Events(9, 10), Events.NONE);
        Tape common = Tape.begin(Instant.EPOCH, Map.of("errors", DETECTOR)).plus(Map.of("errors", first));

        Tape one = common.plus(Map.of("errors", first)).plus(Map.of("errors", first));
        Tape other = common.plus(Map.of("errors", bad));

        assertThat(common.replay()).containsEntry("errors", DETECTOR.plus(first));
        assertThat(one.replay())
                .containsEntry("errors", DETECTOR.plus(first).plus(first).plus(first));
        assertThat(other.replay()).containsEntry("errors", DETECTOR.plus(first).plus(bad));
    }

    @Test
    void aTapeThatWasSentIsReplayedAndWrittenOnAsTheOneThatWasKept() throws Exception {
        Random random = new Random(5);
        Tape kept = Tape.begin(Instant.EPOCH, Map.of("errors", DETECTOR));
        for (int i = 0; i < 100; i++) {
            kept = kept.plus(Map.of("errors", scrape(random, Duration.ofSeconds(2))));
        }
        Map<String, Scrape> next = Map.of("errors", scrape(random, Duration.ofSeconds(2)));

        Tape sent = TrialJsonTest.JSON.readValue(TrialJsonTest.JSON.writeValueAsString(kept), Tape.class);

        assertThat(sent).isEqualTo(kept);
        assertThat(sent.plus(next).replay()).isEqualTo(kept.plus(next).replay());
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
