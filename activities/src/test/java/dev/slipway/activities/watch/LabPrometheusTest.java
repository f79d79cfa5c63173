package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Objective;
import dev.slipway.model.Slo;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the scripted Prometheus claims, asked of a real one: the lab's, which scrapes itself without our labels. */
@Tag("lab")
class LabPrometheusTest {
    private PrometheusClient prometheus = new PrometheusClient(URI.create("http://127.0.0.1:1"));

    @BeforeEach
    void needsTheLab() {
        String url = System.getenv("PROMETHEUS_URL");
        Assumptions.assumeTrue(url != null && !url.isEmpty(), "PROMETHEUS_URL is not set: the lab is not up");
        prometheus = new PrometheusClient(URI.create(url));
    }

    @Test
    void tellsItsTime() throws Exception {
        assertThat(Duration.between(prometheus.now(), Instant.now()).abs()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aSelectorWithoutSeriesIsAnEmptyAnswer() throws Exception {
        Instant now = prometheus.now();

        assertThat(prometheus.samples(Selector.parse("no_such_metric"), Duration.ofMinutes(1), now))
                .isEmpty();
        assertThat(prometheus.latest(Selector.parse("no_such_metric{a=\"\\\"\"}"), now))
                .isEmpty();
    }

    @Test
    void givesTheRawSamplesOfAWindow() throws Exception {
        Instant now = prometheus.now();

        List<Series> up = prometheus.samples(Selector.parse("up"), Duration.ofSeconds(30), now);

        Assumptions.assumeFalse(up.isEmpty(), "the lab's Prometheus scrapes nothing right now");
        assertThat(up)
                .allSatisfy(series -> assertThat(series.samples())
                        .isNotEmpty()
                        .isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()))
                        .allSatisfy(sample -> assertThat(sample.at()).isBetween(now.minusSeconds(31), now)));
    }

    @Test
    void refusesWhatIsNoPromQl() {
        Selector broken = new Selector("up", List.of("a=~\"(\""));

        assertThatThrownBy(() -> prometheus.latest(broken, Instant.now()))
                .isInstanceOf(PrometheusException.class)
                .hasMessageContaining("bad_data");
    }

    @Test
    void aTrackThatDoesNotExistIsInconclusive() {
        HelmTarget nobody = new HelmTarget(new EnvironmentName("development"), "development", "nobody-at-all");
        Slo errors = new Slo.Ratio("errors", "requests{status=~\"5..\"}", "requests", Objective.parse("99%"));
        WatchOrder order = Orders.ramp(nobody, errors)
                .atLeast(Duration.ZERO)
                .atMost(Duration.ofMillis(500))
                .minRequests(1)
                .order();

        Vigil vigil = new Vigil(
                order,
                Optional.empty(),
                prometheus,
                Optional.empty(),
                (r, e, why) -> false,
                Comparison.none(),
                Patience.USUAL,
                Clock.systemUTC());
        Optional<WatchResult> result = Stream.generate(() -> vigil.step(state -> {}))
                .flatMap(Optional::stream)
                .findFirst();

        assertThat(result).get().isInstanceOfSatisfying(WatchResult.Decided.class, decided -> {
            assertThat(decided.verdict()).isInstanceOf(Verdict.Inconclusive.class);
            assertThat(decided.verdict().reason()).contains("no samples for requests{namespace=\"development\"");
        });
    }
}
