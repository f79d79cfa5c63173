package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Objective;
import dev.slipway.model.Slo;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.BoundsOrder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of latency bounds before a deployment, by a Prometheus that scrapes what runs. */
class ForesightTest {
    private final Lookout lookout = new Lookout();

    @AfterEach
    void close() {
        lookout.close();
    }

    @Test
    void aBoundThatIsNoBucketIsRefusedAndTheBoundsAreNamed() {
        lookout.service.scrape();

        Verdict verdict = look(below("latency", 3));

        assertThat(verdict)
                .isEqualTo(
                        Verdict.failed("latency: below 3s is no bucket of seconds in production; its bounds are 0.5s,"
                                + " 2.5s, 5s; next: write one of them as 'below' in release.yaml, or add that bucket to the"
                                + " service and first release it under a bound that is there already"));
    }

    @Test
    void aBoundThatIsABucketPassesHoweverItIsWritten() {
        lookout.service.scrape();

        assertThat(look(below("latency", 2.5), below("slow", 5))).isEqualTo(Verdict.passed());
    }

    @Test
    void everyBoundThatIsNoBucketIsToldAtOnce() {
        lookout.service.scrape();

        assertThat(look(below("latency", 3), below("fast", 0.1)).reason())
                .contains("latency: below 3s is no bucket", "fast: below 0.1s is no bucket");
    }

    @Test
    void ofAFirstDeploymentNothingIsKnown() {
        assertThat(look(below("latency", 3)))
                .isEqualTo(Verdict.inconclusive(
                        "latency: not known before the deployment: seconds has no series of llm in production"));
    }

    @Test
    void aCanaryThatSomebodyLeftSaysNothingOfWhatRuns() {
        lookout.prometheus.scrape(
                "seconds_bucket", 1, "namespace", "production", Track.INSTANCE, "llm-canary", "le", "1");

        assertThat(look(below("latency", 3)).word()).isEqualTo("INCONCLUSIVE");
    }

    @Test
    void whatRanLongAgoIsNotWhatRunsNow() {
        lookout.service.scrape();
        lookout.prometheus.advance(Duration.ofMinutes(6));

        assertThat(look(below("latency", 3)).word()).isEqualTo("INCONCLUSIVE");
    }

    @Test
    void aPrometheusThatIsAwayRefusesNothing() {
        lookout.service.scrape();
        lookout.prometheus.breakDown(true);

        Verdict verdict = look(below("latency", 3));

        assertThat(verdict.word()).isEqualTo("INCONCLUSIVE");
        assertThat(verdict.reason()).contains("not known before the deployment", "503");
    }

    @Test
    void whatWasSeenBeforePrometheusWentAwayStillRefuses() {
        lookout.service.scrape();
        lookout.prometheus.refuse("other");

        Slo other = new Slo.Latency("other", "other", 1, Objective.parse("95%"));
        assertThat(look(below("latency", 3), other).word()).isEqualTo("FAILED");
    }

    @Test
    void bucketsWithoutANumberForABoundAreNone() {
        lookout.prometheus.scrape("seconds_bucket", 1, "namespace", "production", Track.INSTANCE, "llm", "le", "e");
        lookout.prometheus.scrape("seconds_bucket", 1, "namespace", "production", Track.INSTANCE, "llm", "le", "+Inf");

        assertThat(look(below("latency", 3)).reason()).contains("its bounds are none but infinity");
    }

    @Test
    void aSelectorThatIsNoneIsRefused() {
        Slo wrong = new Slo.Latency("latency", "sum(seconds)", 3, Objective.parse("95%"));

        assertThat(look(wrong).reason()).startsWith("SLO latency: 'sum(seconds)' is no vector selector");
    }

    private static Slo below(String name, double seconds) {
        return new Slo.Latency(name, "seconds", seconds, Objective.parse("95%"));
    }

    private Verdict look(Slo... slos) {
        return Foresight.of(
                new PrometheusClient(lookout.prometheus.uri()), new BoundsOrder(Lookout.STABLE, List.of(slos)));
    }
}
