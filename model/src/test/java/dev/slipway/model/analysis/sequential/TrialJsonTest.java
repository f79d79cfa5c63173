package dev.slipway.model.analysis.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A trial travels in heartbeats and hand-overs: who goes on with it must decide as if nobody had stopped. */
class TrialJsonTest {
    private static final Objective OBJECTIVE = Objective.parse("99%");
    static final ObjectMapper JSON = new ObjectMapper()
            .registerModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    private static final int MOST_BYTES = 3_000;

    static Stream<Trial> trials() {
        return Stream.of(
                AgainstStable.ramp(OBJECTIVE, Risk.OF_A_RELEASE),
                AgainstStable.soak(OBJECTIVE, 0.001, Duration.ofHours(24)),
                Consecutive.begin(OBJECTIVE, Duration.ofMinutes(1), 3, 10),
                FailureLimit.begin(OBJECTIVE, Duration.ofMinutes(1), 3, 10),
                BurnRate.paging(OBJECTIVE));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aWorkerThatTakesOverSeesWhatItsPredecessorSaw(Trial start) throws Exception {
        Traffic traffic = new Traffic(Service.healthy(100, 0.1, 0.005), Service.Trouble.NONE, 5);
        Trial kept = start;
        for (int i = 0; i < 2_000; i++) {
            kept = kept.plus(traffic.next());
        }

        String written = JSON.writeValueAsString(kept);
        Trial taken = JSON.readValue(written, Trial.class);
        assertThat(taken).isEqualTo(kept);
        assertThat(written.length()).isLessThan(MOST_BYTES);

        for (int i = 0; i < 100; i++) {
            Scrape scrape = traffic.next();
            kept = kept.plus(scrape);
            taken = taken.plus(scrape);
        }
        assertThat(taken.verdict("errors")).isEqualTo(kept.verdict("errors"));
    }
}
