package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RhythmTest {
    private final FakePods pods = new FakePods();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, body -> new Thread(body, "timer"));
    private final ExecutorService patient = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        timer.shutdownNow();
        patient.shutdownNow();
        pods.close();
    }

    @Test
    void scrapesUntilItIsClosed() throws Exception {
        timer.setRemoveOnCancelPolicy(true);
        pods.run("a", "web", "requests 1\n");
        CountDownLatch asked = pods.expect(3);

        Rhythm rhythm = rhythm(pods, Instant::now);
        await(asked);
        rhythm.close();

        timer.submit(() -> {}).get();
        assertThat(timer.getQueue()).as("nothing is left to do").isEmpty();
    }

    @Test
    void ringsWhenThePodsHaveSaidSomethingNew() throws Exception {
        pods.run("a", "web", "requests 1\n");
        CountDownLatch rung = new CountDownLatch(2);
        PodScrapes scrapes = scrapes(pods, Instant::now);
        List<Series> known = Collections.synchronizedList(new ArrayList<>());

        try (Rhythm rhythm = new Rhythm(scrapes, Duration.ofMillis(20), timer, patient)) {
            rhythm.onRound(() -> {
                known.addAll(requests(scrapes));
                rung.countDown();
            });
            await(rung);
        }

        assertThat(known).as("when it rings the samples are there").isNotEmpty();
    }

    private static List<Series> requests(PodScrapes scrapes) {
        try {
            return scrapes.latest(Selector.parse("requests"), scrapes.now());
        } catch (PrometheusException e) {
            return List.of();
        }
    }

    @Test
    void aRoundThatThrowsIsNotTheLast() throws Exception {
        pods.run("a", "web", "requests 1\n");
        CountDownLatch asked = pods.expect(2);
        AtomicBoolean broken = new AtomicBoolean(true);

        rhythm(pods, () -> {
            if (Thread.currentThread().getName().equals("timer") && broken.getAndSet(false)) {
                throw new IllegalStateException("no time");
            }
            return Instant.now();
        });

        await(asked);
    }

    @Test
    void anApiServerThatHangsHoldsUpNoScrape() throws Exception {
        PodAddress pod = pods.run("a", "web", "requests 1\n");
        CountDownLatch listedAgain = new CountDownLatch(2);
        AtomicInteger lists = new AtomicInteger();
        PodList hanging = () -> {
            listedAgain.countDown();
            if (lists.incrementAndGet() > 1) {
                hang();
            }
            return List.of(pod);
        };

        rhythm(hanging, Instant::now);
        await(listedAgain);

        await(pods.expect(3));
        assertThat(lists).as("it is not asked again while it hangs").hasValue(2);
    }

    private Rhythm rhythm(PodList list, InstantSource clock) {
        return new Rhythm(scrapes(list, clock), Duration.ofMillis(20), timer, patient);
    }

    private static PodScrapes scrapes(PodList list, InstantSource clock) {
        return new PodScrapes(
                list,
                Set.of("web"),
                List.of(Selector.parse("requests")),
                new Scraper(Duration.ofSeconds(20), 1000),
                clock,
                Duration.ofMillis(20));
    }

    /** Until the test is over. */
    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(120, TimeUnit.SECONDS)).isTrue();
    }
}
