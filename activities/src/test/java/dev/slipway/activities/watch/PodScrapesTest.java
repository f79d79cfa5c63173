package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodScrapesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PATIENT = Duration.ofMinutes(5);
    private static final Selector REQUESTS = Selector.parse("requests");

    private final FakePods pods = new FakePods();
    private Instant now = Instant.parse("2026-11-21T09:00:00Z");
    private PodScrapes scrapes = scrapes(new Scraper(PATIENT, 1000), "requests", "requests{code=~\"5..\"}");

    @AfterEach
    void close() {
        pods.close();
    }

    private PodScrapes scrapes(Scraper scraper, String... selectors) {
        return new PodScrapes(
                pods, Set.of("web"), Stream.of(selectors).map(Selector::parse).toList(), scraper, () -> now, SECOND);
    }

    @Test
    void givesWhatThePodsSayWithThePlaceOfEach() throws Exception {
        PodAddress a = pods.run("a", "web", "requests{code=\"200\"} 7\n");
        scrapes.relist();
        round();

        assertThat(samples(REQUESTS)).singleElement().satisfies(series -> {
            assertThat(series.labels())
                    .isEqualTo(Map.of(
                            "__name__", "requests",
                            "code", "200",
                            "namespace", "production",
                            "pod", "a",
                            "app_kubernetes_io_instance", "web",
                            "instance", a.metrics().getAuthority()));
            assertThat(series.samples()).containsExactly(new Sample(now, 7));
        });
    }

    @Test
    void aPodCannotSpeakForAnotherRelease() throws Exception {
        pods.run("a", "web", "requests{code=\"200\",app_kubernetes_io_instance=\"other\"} 7\n");
        scrapes.relist();
        round();

        assertThat(samples(REQUESTS.with("app_kubernetes_io_instance", "other")))
                .isEmpty();
        assertThat(samples(REQUESTS.with("exported_app_kubernetes_io_instance", "other")))
                .hasSize(1);
    }

    @Test
    void aRestartedProcessIsALowerValue() throws Exception {
        pods.run("a", "web", "requests 100\n");
        scrapes.relist();
        round();
        pods.says("a", "requests 3\n");
        tick();

        assertThat(values(REQUESTS)).containsExactly(100.0, 3.0);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "500|text/plain|oops|it answers 500",
                "302|text/plain|moved|it answers 302",
                "200|text/html|<html>log in</html>|text/html is no metrics",
                "200|text/plain|<html>|line 1",
                "200|text/plain|requests 12|the end is missing",
                "204|text/plain|''|it answers 204"
            })
    void whatIsNoCompleteAnswerIsAFailedScrape(int status, String type, String body, String says) throws Exception {
        pods.run("a", "web", "requests 1\n");
        scrapes.relist();
        round();
        pods.answers("a", status, type, body.startsWith("<html>") ? body + "\n" : body);
        tick();

        assertThat(values(Selector.parse("up"))).containsExactly(1.0, 0.0);
        assertThat(values(REQUESTS)).containsExactly(1.0);
        assertThat(scrapes.latest(REQUESTS, now)).as("it has ended").isEmpty();
        now = now.plusSeconds(5);
        assertThat(scrapes.gap(now)).hasValueSatisfying(gap -> assertThat(gap).contains("pod a: ", says));
        assertThat(pods.asked).as("a redirect is not followed").containsOnly("a");
    }

    @Test
    void anAnswerThatBreaksOffIsAFailedScrape() throws Exception {
        pods.run("a", "web", "");
        pods.breaksOff("a", "requests 1\n");
        scrapes.relist();
        round();

        assertThat(values(Selector.parse("up"))).containsExactly(0.0);
        assertThat(samples(REQUESTS)).isEmpty();
    }

    @Test
    void aHugeAnswerIsAFailedScrape() throws Exception {
        pods.run("a", "web", "requests 1\n" + "# x\n".repeat(1000));
        scrapes.relist();
        round();

        assertThat(values(Selector.parse("up"))).containsExactly(0.0);
        assertThat(scrapes.gap(now)).hasValueSatisfying(gap -> assertThat(gap).contains("larger than 1000 bytes"));
    }

    @Test
    void aFloodOfSeriesIsAFailedScrape() throws Exception {
        String flood = IntStream.rangeClosed(0, PodScrape.MOST_SERIES)
                .mapToObj(i -> "requests{id=\"" + i + "\"} 1\n")
                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                .toString();
        scrapes = scrapes(new Scraper(PATIENT, 1 << 20), "requests");
        pods.run("a", "web", flood);
        scrapes.relist();
        round();

        assertThat(values(Selector.parse("up"))).containsExactly(0.0);
        assertThat(samples(REQUESTS)).isEmpty();
    }

    @Test
    void aPodThatHangsMissesRoundsAndTheOthersDoNotWait() throws Exception {
        PodAddress hanging = pods.run("a", "web", "");
        PodAddress well = pods.run("b", "web", "requests 1\n");
        pods.hangs("a");
        scrapes.relist();

        Map<PodAddress, CompletableFuture<Void>> first = scrapes.round();
        first.get(well).get();
        now = now.plus(SECOND);
        Map<PodAddress, CompletableFuture<Void>> second = scrapes.round();
        second.get(well).get();

        assertThat(values(REQUESTS)).containsExactly(1.0, 1.0);
        assertThat(first.get(hanging)).isNotDone();
        assertThat(second)
                .as("no second scrape of a pod that has not answered the first")
                .containsOnlyKeys(well);
        assertThat(scrapes.covers(now)).isFalse();
    }

    @Test
    void whatIsCompleteEndsBeforeTheOldestScrapeThatHasNotEnded() throws Exception {
        pods.run("a", "web", "");
        pods.run("b", "web", "requests 1\n");
        pods.hangs("a");
        scrapes.relist();
        assertThat(scrapes.complete()).isEqualTo(now);

        Instant begun = now;
        List<CompletableFuture<Void>> ends = new ArrayList<>(scrapes.round().values());
        now = now.plus(SECOND);
        ends.addAll(scrapes.round().values());
        assertThat(scrapes.complete()).isEqualTo(begun.minusMillis(1));

        pods.close();
        ends.forEach(CompletableFuture::join);
        assertThat(scrapes.complete()).isEqualTo(now);
    }

    @Test
    void aPodThatHangsIsGivenUpAndAskedAgain() throws Exception {
        scrapes = scrapes(new Scraper(Duration.ofMillis(100), 1000), "requests");
        pods.run("a", "web", "");
        pods.hangs("a");
        scrapes.relist();
        round();
        assertThat(values(Selector.parse("up"))).containsExactly(0.0);
        assertThat(scrapes.gap(now)).hasValueSatisfying(gap -> assertThat(gap).contains("does not answer in time"));

        assertThat(scrapes.round()).hasSize(1);
    }

    @Test
    void aPodThatAppearsIsScrapedAndOneThatIsGoneEnds() throws Exception {
        pods.run("a", "web", "requests 1\n");
        scrapes.relist();
        round();
        pods.run("b", "web", "requests 2\n");
        pods.isGone("a");
        now = now.plus(SECOND);
        scrapes.relist();
        tick();

        assertThat(values(REQUESTS)).as("what was said stays").containsExactlyInAnyOrder(1.0, 2.0);
        assertThat(scrapes.latest(REQUESTS, now))
                .extracting(s -> s.label("pod"))
                .containsExactly("b");
        assertThat(scrapes.latest(Selector.parse("up"), now))
                .extracting(s -> s.label("pod"))
                .containsExactly("b");
    }

    @Test
    void whatAPodSaysAfterItIsGoneComesTooLate() {
        PodScrape pod = new PodScrape(pods.run("a", "web", ""), now, 10);
        pod.said(now, List.of(new Scraped("requests", Map.of("code", "200"), 1)));
        pod.left(now.plusSeconds(2));
        pod.said(now.plusSeconds(1), List.of(new Scraped("requests", Map.of("code", "500"), 1)));

        assertThat(pod.latest(labels -> true, now.minusSeconds(1), now.plusSeconds(1)))
                .extracting(series -> series.label("code"))
                .containsExactlyInAnyOrder("200", "");
    }

    @Test
    void whatIsGoneIsForgottenInTheEnd() throws Exception {
        pods.run("a", "web", "requests 1\n");
        scrapes.relist();
        round();
        pods.isGone("a");
        scrapes.relist();
        Instant then = now;
        now = now.plus(Duration.ofMinutes(11));
        scrapes.relist();

        assertThat(scrapes.samples(REQUESTS, Duration.ofMinutes(1), then)).isEmpty();
    }

    @Test
    void whatWasNotAskedForIsNoEmptyAnswer() {
        pods.run("a", "web", "requests 1\nothers 1\n");
        scrapes.relist();
        round();

        assertThatThrownBy(() -> samples(Selector.parse("others")))
                .isInstanceOf(PrometheusException.class)
                .hasMessageContaining("others is not among what is scraped");
    }

    @Test
    void podsThatWereNeverListedAreNoEmptyAnswer() {
        pods.apiIsAway(true);
        scrapes.relist();
        round();

        assertThatThrownBy(() -> samples(REQUESTS))
                .isInstanceOf(PrometheusException.class)
                .hasMessageContaining("cannot be listed: the API server is away");
    }

    @Test
    void aClockThatIsCorrectedALittleLosesNothing() throws Exception {
        pods.run("a", "web", "requests 1\n");
        scrapes.relist();
        round();
        Instant first = now;
        now = now.minusSeconds(4);
        round();

        assertThat(scrapes.now()).isEqualTo(first.plusMillis(1));
        assertThat(scrapes.samples(REQUESTS, SECOND, scrapes.now()))
                .singleElement()
                .satisfies(series -> assertThat(series.samples())
                        .containsExactly(new Sample(first, 1), new Sample(first.plusMillis(1), 1)));
    }

    @Test
    void aClockThatWasWrongMakesEverythingBeginAnew() throws Exception {
        pods.run("a", "web", "requests{code=\"200\"} 1\n");
        scrapes.relist();
        round();
        now = now.minus(Duration.ofHours(1));
        round();
        assertThat(scrapes.gap(now)).hasValueSatisfying(gap -> assertThat(gap).contains("the clock went back"));

        scrapes.relist();
        tick();
        assertThat(scrapes.gap(now)).isEmpty();
        assertThat(values(REQUESTS)).containsExactly(1.0);
    }

    private void tick() {
        now = now.plus(SECOND);
        round();
    }

    private void round() {
        scrapes.round().values().forEach(CompletableFuture::join);
    }

    private List<Series> samples(Selector selector) throws PrometheusException {
        return scrapes.samples(selector, Duration.ofMinutes(1), now);
    }

    private List<Double> values(Selector selector) throws PrometheusException {
        return samples(selector).stream()
                .flatMap(series -> series.samples().stream())
                .map(Sample::value)
                .toList();
    }
}
