package dev.slipway.activities.watch;

import dev.slipway.model.Slo;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.WatchOrder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Scrapes of the pods of one environment: what its watches share. */
public final class DirectScrape {
    private static final Duration RELIST = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final long SIZE_LIMIT = 8L << 20;

    private final BiFunction<String, Set<String>, PodList> pods;
    private final Duration every;
    private final Scraper scraper = new Scraper(TIMEOUT, SIZE_LIMIT);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(DirectScrape::thread);
    private final ExecutorService patient = Executors.newCachedThreadPool(DirectScrape::thread);

    /**
     * @param pods who is to be scraped of some releases in a namespace
     * @param every between two scrapes of a pod
     */
    public DirectScrape(BiFunction<String, Set<String>, PodList> pods, Duration every) {
        this.pods = pods;
        this.every = every;
    }

    /**
     * What the pods of these releases are asked for, from the first {@link Rhythm} on.
     *
     * @param clock Prometheus's time, as well as it is known; asked by several threads
     * @throws IllegalArgumentException when a selector cannot be read
     */
    PodScrapes of(String namespace, Set<String> releases, Collection<Slo> slos, InstantSource clock) {
        List<Selector> selectors =
                slos.stream().map(Metrics::of).flatMap(Metrics::selectors).toList();
        return new PodScrapes(pods.apply(namespace, releases), releases, selectors, scraper, clock, every);
    }

    /** What a watch's pods are asked for, those of the version that it judges and those that it compares them with. */
    PodScrapes of(WatchOrder order, InstantSource clock) {
        Set<String> releases = Stream.concat(Stream.of(order.track()), order.stable().stream())
                .map(HelmTarget::release)
                .collect(Collectors.toSet());
        return of(order.track().namespace(), releases, order.slos(), clock);
    }

    /** Scrapes until the rhythm is closed, which its holder must do. */
    Rhythm begin(PodScrapes scrapes) {
        return new Rhythm(scrapes, RELIST, timer, patient);
    }

    private static Thread thread(Runnable body) {
        Thread thread = new Thread(body, "direct scrape");
        thread.setDaemon(true);
        return thread;
    }
}
