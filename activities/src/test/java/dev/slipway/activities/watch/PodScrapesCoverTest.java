package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the pods' own samples may stand in for Prometheus's. */
class PodScrapesCoverTest {
    private static final Instant BEGIN = Instant.parse("2026-11-21T09:00:00Z");

    private final FakePods pods = new FakePods();
    private Instant now = BEGIN;
    private PodScrapes scrapes = scrapes("requests", "requests{code=~\"5..\"}");

    private PodScrapes scrapes(String... selectors) {
        return new PodScrapes(
                pods,
                Set.of("web", "web-canary"),
                Stream.of(selectors).map(Selector::parse).toList(),
                new Scraper(Duration.ofSeconds(20), 1000),
                () -> now,
                Duration.ofSeconds(1));
    }

    @BeforeEach
    void twoTracks() {
        pods.run("stable-1", "web", "requests{code=\"200\"} 1\n");
        pods.run("canary-1", "web-canary", "requests{code=\"200\"} 1\n");
    }

    @AfterEach
    void close() {
        pods.close();
    }

    @Test
    void coversWhatCameAfterTheFirstRound() {
        scrapes.relist();
        round();
        after(5);

        assertThat(scrapes.gap(BEGIN)).isEmpty();
        assertThat(scrapes.covers(BEGIN)).isTrue();
        assertThat(scrapes.gap(BEGIN.minusMillis(1)))
                .hasValueSatisfying(gap -> assertThat(gap).contains("scraped first at"));
    }

    @Test
    void nothingIsCoveredBeforeTheFirstList() {
        round();

        assertThat(scrapes.gap(now)).contains("the pods are not listed yet");
    }

    @Test
    void aTrackWithoutPodsIsNotCovered() {
        pods.isGone("canary-1");
        scrapes.relist();
        round();

        assertThat(scrapes.gap(now)).contains("no pod of web-canary wants to be scraped");
    }

    @Test
    void aRoundThatIsThreeIntervalsOldIsFreshAndAnOlderOneIsNot() {
        scrapes.relist();
        round();
        now = now.plusSeconds(3);
        assertThat(scrapes.covers(BEGIN)).isTrue();

        now = now.plusMillis(1);
        assertThat(scrapes.covers(BEGIN)).isFalse();
    }

    @Test
    void aPodThatFailsForThreeIntervalsIsNotCovered() {
        scrapes.relist();
        round();
        pods.answers("canary-1", 500, "text/plain", "");
        after(3);
        assertThat(scrapes.covers(BEGIN)).isTrue();

        after(1);
        assertThat(scrapes.gap(BEGIN)).contains("pod canary-1: it answers 500");
    }

    @Test
    void aPodThatAppearsLaterCountedNothingBefore() {
        scrapes.relist();
        round();
        after(2);
        pods.run("canary-2", "web-canary", "requests{code=\"200\"} 1\n");
        scrapes.relist();
        assertThat(scrapes.covers(BEGIN)).as("it has just been found").isTrue();

        after(1);
        assertThat(scrapes.covers(BEGIN)).isTrue();
    }

    @Test
    void aPodThatAppearsAndNeverAnswersIsNotCovered() {
        scrapes.relist();
        round();
        pods.run("canary-2", "web-canary", "");
        pods.answers("canary-2", 404, "text/plain", "");
        after(1);
        scrapes.relist();
        after(2);
        assertThat(scrapes.covers(BEGIN)).isTrue();

        after(1);
        assertThat(scrapes.gap(BEGIN)).contains("pod canary-2: it answers 404");
    }

    @Test
    void anOldListIsGoodForAWhile() {
        scrapes.relist();
        round();
        pods.apiIsAway(true);
        after(15);
        scrapes.relist();
        assertThat(scrapes.covers(BEGIN)).isTrue();

        after(1);
        assertThat(scrapes.gap(BEGIN)).contains("the pods cannot be listed: the API server is away");
    }

    @Test
    void moreIsAskedForThanIsKept() {
        scrapes.relist();
        round();
        after(301);

        assertThat(scrapes.covers(BEGIN.plusSeconds(1))).isFalse();
        scrapes.relist();
        assertThat(scrapes.gap(BEGIN.plusSeconds(1))).isEmpty();
        assertThat(scrapes.gap(BEGIN)).contains("only 5 minutes of the pods' samples are kept");
    }

    @Test
    void aCrowdIsLeftToPrometheus() {
        for (int i = 0; i < Roster.MOST_PODS; i++) {
            pods.run("stable-" + i, "web", "");
        }
        scrapes.relist();

        assertThat(scrapes.round()).isEmpty();
        assertThat(scrapes.gap(now)).contains("there are more than 100 pods");
    }

    @Test
    void aLabelThatOnlyPrometheusGivesIsNotCovered() {
        scrapes = scrapes("requests{job=\"api\"}", "errors{job=\"api\"}");
        scrapes.relist();
        round();

        assertThat(scrapes.gap(now)).contains("the pods do not say the label job of requests");
    }

    @Test
    void aCounterThatIsNotThereYetIsCovered() {
        scrapes = scrapes("requests", "errors{reason=\"full\"}");
        scrapes.relist();
        round();

        assertThat(scrapes.gap(now)).isEmpty();
    }

    /** So many rounds later, a second between them. */
    private void after(int rounds) {
        for (int i = 0; i < rounds; i++) {
            now = now.plusSeconds(1);
            round();
        }
    }

    private void round() {
        scrapes.round().values().forEach(CompletableFuture::join);
    }
}
