package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a watch relies on, whoever has the samples: the same pods' lives give the same answers. */
abstract class CounterSourceContract {
    static final String NAMESPACE = FakePods.NAMESPACE;

    /** The metrics that a source is asked for. */
    static final List<String> METRICS = List.of("requests", "latency_bucket", "latency_count", "queue");

    /** When every test begins. */
    static final Instant BEGIN = Instant.parse("2026-11-21T09:00:00Z");

    abstract CounterSource source();

    abstract Instant now();

    abstract void advance(Duration by);

    /** From the next scrape on the pod says this, in lines as {@code requests{code="200"} 7}. */
    abstract void says(String pod, String release, String... lines);

    abstract void fails(String pod);

    /** Everybody is scraped once, now. */
    abstract void scrape();

    @Test
    void theSameLivesGiveTheSameRises() throws Exception {
        says("s1", "web", "requests{code=\"200\"} 1000", "requests{code=\"500\"} 10");
        says("c1", "web-canary", "requests{code=\"200\"} 5");
        scrapeAfter(0);
        says("s1", "web", "requests{code=\"200\"} 1100", "requests{code=\"500\"} 11");
        says("c1", "web-canary", "requests{code=\"200\"} 15", "requests{code=\"500\"} 2");
        scrapeAfter(1);
        says("c1", "web-canary", "requests{code=\"200\"} 15", "requests{code=\"503\"} 1", "requests{code=\"500\"} 4");
        scrapeAfter(1);

        assertThat(rise(track("requests", "web"))).isEqualTo(101);
        assertThat(rise(track("requests{code=~\"5..\"}", "web"))).isEqualTo(1);
        assertThat(rise(track("requests", "web-canary"))).isEqualTo(15);
        assertThat(rise(track("requests{code=~\"5..\"}", "web-canary"))).isEqualTo(5);
        assertThat(rise(track("requests{code=\"200\"}", "web-canary"))).isEqualTo(10);
    }

    @Test
    void aRestartIsALowerValue() throws Exception {
        says("c1", "web-canary", "requests 500");
        scrapeAfter(0);
        says("c1", "web-canary", "requests 7");
        scrapeAfter(1);

        assertThat(rise(track("requests", "web-canary"))).isEqualTo(7);
    }

    @Test
    void aScrapeThatFailsIsSeenAndItsCountsAreCaughtUp() throws Exception {
        says("c1", "web-canary", "requests 1");
        scrapeAfter(0);
        fails("c1");
        scrapeAfter(1);
        says("c1", "web-canary", "requests 9");
        scrapeAfter(1);

        List<Series> up = source().samples(track("up", "web-canary"), Duration.ofMinutes(1), now());
        assertThat(up).singleElement().satisfies(series -> {
            assertThat(series.label("pod")).isEqualTo("c1");
            assertThat(series.samples())
                    .containsExactly(
                            new Sample(BEGIN, 1),
                            new Sample(BEGIN.plusSeconds(1), 0),
                            new Sample(BEGIN.plusSeconds(2), 1));
        });
        assertThat(rise(track("requests", "web-canary"))).isEqualTo(8);
    }

    @Test
    void aWindowIsOpenAtItsBeginAndClosedAtItsEnd() throws Exception {
        for (int i = 0; i < 4; i++) {
            says("c1", "web-canary", "queue " + i);
            scrapeAfter(i == 0 ? 0 : 1);
        }

        List<Series> queue =
                source().samples(track("queue", "web-canary"), Duration.ofSeconds(2), BEGIN.plusSeconds(2));
        assertThat(queue)
                .singleElement()
                .satisfies(series -> assertThat(series.samples())
                        .containsExactly(new Sample(BEGIN.plusSeconds(1), 1), new Sample(BEGIN.plusSeconds(2), 2)));
    }

    @Test
    void theLatestSampleOfEachSeriesTellsTheBoundsOfAHistogram() throws Exception {
        says(
                "c1",
                "web-canary",
                "latency_bucket{le=\"0.5\"} 1",
                "latency_bucket{le=\"2.5\"} 3",
                "latency_bucket{le=\"+Inf\"} 4",
                "latency_count 4");
        scrapeAfter(0);
        scrapeAfter(1);

        Selector buckets = track("latency_bucket", "web-canary");
        assertThat(source().latest(buckets, now()))
                .allSatisfy(series -> assertThat(series.samples())
                        .singleElement()
                        .extracting(Sample::at)
                        .isEqualTo(now()))
                .extracting(series -> series.label("le"))
                .containsExactlyInAnyOrder("0.5", "2.5", "+Inf");
        assertThat(source().latest(buckets, BEGIN.plus(Duration.ofMinutes(7)))).isEmpty();
    }

    @Test
    void valuesThatAreNoNumbersArriveAsSuch() throws Exception {
        says("c1", "web-canary", "queue NaN");
        scrapeAfter(0);
        says("c1", "web-canary", "queue +Inf");
        scrapeAfter(1);

        assertThat(source().samples(track("queue", "web-canary"), Duration.ofMinutes(1), now()))
                .singleElement()
                .satisfies(series -> assertThat(series.samples())
                        .extracting(Sample::value)
                        .containsExactly(Double.NaN, Double.POSITIVE_INFINITY));
    }

    @Test
    void whatNobodySaysIsAnEmptyAnswer() throws Exception {
        says("s1", "web", "requests 1");
        scrapeAfter(0);

        assertThat(source().samples(track("requests", "web-canary"), Duration.ofMinutes(1), now()))
                .isEmpty();
        assertThat(source().samples(track("queue", "web"), Duration.ofMinutes(1), now()))
                .isEmpty();
        assertThat(source().latest(track("queue", "web"), now())).isEmpty();
    }

    @Test
    void itsTimeIsThatOfItsSamples() throws Exception {
        says("s1", "web", "requests 1");
        scrapeAfter(0);

        assertThat(source().now()).isEqualTo(now());
        assertThat(source().latest(track("requests", "web"), source().now()))
                .singleElement()
                .satisfies(series -> assertThat(series.samples()).containsExactly(new Sample(now(), 1)));
    }

    private void scrapeAfter(int seconds) {
        advance(Duration.ofSeconds(seconds));
        scrape();
    }

    private static Selector track(String selector, String release) {
        return Selector.parse(selector).with("namespace", NAMESPACE).with("app_kubernetes_io_instance", release);
    }

    private double rise(Selector selector) throws PrometheusException {
        Window window = new Window(BEGIN.minusMillis(1), now(), BEGIN, Optional.of(BEGIN));
        return new Counters(source().samples(selector, Duration.ofMinutes(1), now()), window).rise();
    }
}
