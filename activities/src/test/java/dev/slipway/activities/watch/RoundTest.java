package dev.slipway.activities.watch;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundTest {
    private static final Share.Reach REACH = new Share.Reach(ofSeconds(5), ofMinutes(5));
    private static final Duration RANGE = ofSeconds(150);

    private final FakePrometheus prometheus = new FakePrometheus();
    private final PrometheusClient client = new PrometheusClient(prometheus.uri());

    @AfterEach
    void close() {
        prometheus.close();
    }

    @Test
    void fiftyWatchesAskOncePerQuestionAndRound() throws Exception {
        List<Seat> seats = seats(50);
        scrape(50);
        round(seats, "requests", "up");
        later();
        scrape(50);
        prometheus.queries.clear();

        round(seats, "requests", "up");

        assertThat(prometheus.queries)
                .hasSize(3)
                .contains("time()")
                .allSatisfy(query -> assertThat(query)
                        .matches(
                                "time\\(\\)|(requests|up)\\{namespace=\"production\",app_kubernetes_io_instance=~\"(s\\d+\\|?){50}\"}"
                                        + "\\[20000ms]"));
    }

    @Test
    void whatIsAnnouncedIsAskedTogetherFromTheFirstLookOn() throws Exception {
        List<Seat> seats = seats(50);
        scrape(50);
        Instant begin = prometheus.now().minus(RANGE);
        for (int i = 0; i < 50; i++) {
            seats.get(i).expect(of("requests", i), begin);
        }

        assertThat(round(seats, "requests"))
                .allSatisfy(samples -> assertThat(samples).hasSize(1));
        assertThat(prometheus.queries).hasSize(2);
    }

    @Test
    void eachGetsItsOwnSamplesOnlyAndAllOfThem() throws Exception {
        List<Seat> seats = seats(3);
        List<List<List<Sample>>> seen = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            scrape(3);
            seen.add(round(seats, "requests"));
            later();
        }

        for (int seat = 0; seat < 3; seat++) {
            assertThat(seen.get(3).get(seat))
                    .extracting(Sample::value)
                    .containsExactly(seat + 0.0, seat + 15.0, seat + 30.0, seat + 45.0);
        }
    }

    @Test
    void aSampleThatArrivesLateIsFoundByTheNextRound() throws Exception {
        List<Seat> seats = seats(1);
        round(seats, "requests");
        Instant before = prometheus.now().minusSeconds(4);
        later();
        prometheus.scrapeAt(before, "requests", 3, labels(0));

        assertThat(round(seats, "requests").get(0)).extracting(Sample::at).containsExactly(before);
    }

    @Test
    void whatIsNotAskedForAnyMoreIsNotAskedForTogether() throws Exception {
        List<Seat> seats = seats(2);
        round(seats, "requests", "up");
        round(seats, "up");
        prometheus.queries.clear();

        round(seats, "up");

        assertThat(prometheus.queries).hasSize(2).noneMatch(query -> query.startsWith("requests"));
    }

    @Test
    void onlyThoseWhoLookAreAskedFor() throws Exception {
        List<Seat> seats = seats(3);
        round(seats, "up");
        later();
        prometheus.queries.clear();

        round(seats.subList(0, 1), "up");

        assertThat(prometheus.queries)
                .last()
                .asString()
                .startsWith("up{namespace=\"production\",app_kubernetes_io_instance=\"s0\"}");
    }

    @Test
    void aWatchThatWasAwayForLongAsksForItself() throws Exception {
        List<Seat> seats = seats(1);
        scrape(1);
        round(seats, "requests");
        prometheus.advance(ofMinutes(6));
        scrape(1);
        prometheus.queries.clear();

        Duration range = ofMinutes(8);
        assertThat(round(seats, range, "requests").get(0)).hasSize(2);
        assertThat(prometheus.queries).hasSize(2).last().asString().endsWith("[480000ms]");
    }

    @Test
    void aQuestionThatIsRefusedHurtsOnlyThoseWhoAskIt() throws Exception {
        List<Seat> seats = seats(2);
        scrape(2);
        round(seats.subList(0, 1), "requests");
        round(seats.subList(1, 2), "up");
        prometheus.refuse("requests");
        Round round = begin(seats);

        assertThatThrownBy(() -> look(seats.get(0), round, 0, RANGE, "requests"))
                .isInstanceOf(PrometheusException.class)
                .hasMessageContaining("too many samples");
        assertThat(look(seats.get(1), round, 1, RANGE, "up")).hasSize(1);
    }

    @Test
    void whoWasRefusedAsksTogetherAgainAndHasMissedNothing() throws Exception {
        List<Seat> seats = seats(2);
        scrape(2);
        round(seats, "requests");
        later();
        scrape(2);
        prometheus.refuse("requests");
        Round refused = begin(seats);
        for (int i = 0; i < 2; i++) {
            int seat = i;
            assertThatThrownBy(() -> look(seats.get(seat), refused, seat, RANGE, "requests"))
                    .isInstanceOf(PrometheusException.class);
        }
        prometheus.refuse("");
        prometheus.queries.clear();

        assertThat(round(seats, "requests"))
                .allSatisfy(samples -> assertThat(samples).hasSize(2));
        assertThat(prometheus.queries).hasSize(2);
    }

    @Test
    void aPrometheusThatIsAwayIsAskedOnceForAll() throws Exception {
        List<Seat> seats = seats(3);
        round(seats, "requests");
        prometheus.breakDown(true);
        prometheus.queries.clear();
        Round round = begin(seats);

        for (Seat seat : seats) {
            seat.take(round);
            assertThatThrownBy(seat::now)
                    .isInstanceOf(PrometheusException.class)
                    .hasMessageContaining("text/plain");
            seat.leave();
        }
        assertThat(prometheus.queries).containsExactly("time()");
    }

    @Test
    void whoeverNeedsNothingDoesNotWaitForPrometheus() throws Exception {
        List<Seat> seats = seats(1);

        Round round = begin(seats);

        assertThat(round.answered(seats.get(0))).isDone();
        assertThat(prometheus.queries).isEmpty();
        seats.get(0).take(round);
        assertThat(seats.get(0).now()).as("but may ask").isEqualTo(prometheus.now());
    }

    @Test
    void theNewestSamplesAreAskedForTogetherToo() throws Exception {
        List<Seat> seats = seats(2);
        scrape(2);
        newest(seats);
        prometheus.queries.clear();

        assertThat(newest(seats)).containsExactly("s0", "s1");
        assertThat(prometheus.queries).hasSize(2);
    }

    private List<String> newest(List<Seat> seats) throws PrometheusException {
        Round round = begin(seats);
        List<String> releases = new ArrayList<>();
        for (int i = 0; i < seats.size(); i++) {
            Seat seat = seats.get(i);
            seat.take(round);
            seat.latest(of("requests", i), seat.now()).forEach(series -> releases.add(series.label(Track.INSTANCE)));
            seat.leave();
        }
        return releases;
    }

    private List<List<Sample>> round(List<Seat> seats, String... metrics) throws PrometheusException {
        return round(seats, RANGE, metrics);
    }

    /** A look of each in one round; the samples of the first metric. */
    private List<List<Sample>> round(List<Seat> seats, Duration range, String... metrics) throws PrometheusException {
        Round round = begin(seats);
        List<List<Sample>> answers = new ArrayList<>();
        for (int i = 0; i < seats.size(); i++) {
            answers.add(look(seats.get(i), round, i, range, metrics));
        }
        return answers;
    }

    private Round begin(List<Seat> seats) {
        return Round.of(seats, client, REACH, Runnable::run);
    }

    private List<Sample> look(Seat seat, Round round, int release, Duration range, String... metrics)
            throws PrometheusException {
        seat.take(round);
        try {
            List<Sample> first = new ArrayList<>();
            for (String metric : metrics) {
                List<Series> answer = seat.samples(of(metric, release), range, seat.now());
                if (metric.equals(metrics[0])) {
                    answer.forEach(series -> first.addAll(series.samples()));
                }
            }
            return first;
        } finally {
            seat.leave();
        }
    }

    private static Selector of(String metric, int release) {
        return Selector.parse(metric).with(Track.NAMESPACE, "production").with(Track.INSTANCE, "s" + release);
    }

    private List<Seat> seats(int number) {
        return IntStream.range(0, number).mapToObj(i -> new Seat(client)).toList();
    }

    private void later() {
        prometheus.advance(ofSeconds(15));
    }

    /** Counters that rise by one each second, from another number for each release. */
    private void scrape(int releases) {
        for (int i = 0; i < releases; i++) {
            double seconds = prometheus.now().getEpochSecond() % 60;
            prometheus.scrape("requests", i + seconds, labels(i));
            prometheus.scrape("up", 1, labels(i));
        }
    }

    private static String[] labels(int release) {
        Map<String, String> labels = Map.of(Track.NAMESPACE, "production", Track.INSTANCE, "s" + release);
        return labels.entrySet().stream()
                .flatMap(label -> List.of(label.getKey(), label.getValue()).stream())
                .toArray(String[]::new);
    }
}
