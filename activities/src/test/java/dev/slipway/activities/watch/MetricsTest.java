package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Objective;
import dev.slipway.model.Slo;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
    @Test
    void badRequestsAreAPartOfAllOfThem() {
        Slo errors = new Slo.Ratio("errors", "requests{code=~\"5..\"}", "requests", Objective.parse("99%"));

        assertThat(words(errors)).containsExactly("requests{code=~\"5..\"}", "requests");
        assertThat(Metrics.of(errors).all()).hasToString("requests");
    }

    @Test
    void aLatencyIsMadeOfBucketsAndOfACount() {
        Slo latency = new Slo.Latency("latency", "e2e_seconds{model=\"x\"}", 2.5, Objective.parse("95%"));

        assertThat(words(latency)).containsExactly("e2e_seconds_bucket{model=\"x\"}", "e2e_seconds_count{model=\"x\"}");
    }

    @Test
    void aGaugeIsOneMetric() {
        assertThat(words(Lookout.QUEUE)).containsExactly("waiting");
    }

    private static List<String> words(Slo slo) {
        return Metrics.of(slo).selectors().map(Selector::toString).toList();
    }
}
