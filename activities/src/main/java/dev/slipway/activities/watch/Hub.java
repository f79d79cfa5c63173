package dev.slipway.activities.watch;

import dev.slipway.activities.Drain;
import dev.slipway.workflows.api.WatchResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps all open watches of one environment with a few threads, however many there are. At each tick those whose look is due
 * look in one {@link Round}, so that Prometheus is asked once for what many want to know.
 */
final class Hub {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(1);
    private static final Duration TOGETHER = Duration.ofMillis(100);
    /** Ten comparisons in a second are what an API server hardly feels. */
    private static final Duration COMPARISON = Duration.ofMillis(100);

    private final CounterSource source;
    private final Drain drain;
    private final Patience patience;
    private final Share.Reach reach;
    private final Hands hands;
    private final Set<OpenWatch> open = ConcurrentHashMap.newKeySet();
    private final Queue<OpenWatch> fresh = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean temporalHears = new AtomicBoolean(true);
    private long tick;

    /**
     * Begins to tick.
     *
     * @param drain makes every watch hand over
     */
    Hub(CounterSource source, Drain drain, Patience patience, Hands hands) {
        this.source = source;
        this.drain = drain;
        this.patience = patience;
        this.reach = new Share.Reach(patience.settled(), patience.lookBack().multipliedBy(2));
        this.hands = hands;
        Thread ticker = new Thread(this::tick, "watch-hub");
        ticker.setDaemon(true);
        ticker.start();
    }

    /** How many watches are open. */
    int size() {
        return open.size();
    }

    /** Between two comparisons of one watch, so that all of them together leave the API server alone. */
    Duration betweenComparisons() {
        Duration all = COMPARISON.multipliedBy(open.size());
        return all.compareTo(patience.compared()) > 0 ? all : patience.compared();
    }

    /** Keeps a watch until it has reported its end or nobody wants it any more. Its first look is at once. */
    void open(OpenWatch watch) {
        drain.begun();
        open.add(watch);
        if (drain.requested()) {
            handOver(watch);
        } else if (watch.hold()) {
            watch.onNews(() -> news(watch));
            fresh.add(watch);
            hands.after(TOGETHER, this::begin);
        }
    }

    /** All that came within a moment look together for the first time, as thousands do when another worker has died. */
    private void begin() {
        List<OpenWatch> watches = new ArrayList<>();
        for (OpenWatch watch = fresh.poll(); watch != null; watch = fresh.poll()) {
            watches.add(watch);
        }
        look(watches);
    }

    /** A canary that fails is not left with its users until the next tick. */
    private void news(OpenWatch watch) {
        if (watch.holdForNews()) {
            look(List.of(watch));
        }
    }

    private void tick() {
        while (!waited()) {
            try {
                tick++;
                look(due());
            } catch (RuntimeException e) {
                LOG.error("a tick of the watches failed", e);
            }
        }
        open.forEach(this::handOver);
    }

    /** Whether all are to hand over. */
    private boolean waited() {
        try {
            return drain.await(patience.between());
        } catch (InterruptedException e) {
            LOG.error("the watches do not tick any more, although nobody should interrupt them", e);
            return true;
        }
    }

    /** Goes once through all, as ten thousand of them lie far apart in memory; those that are to tell that they live do so. */
    private List<OpenWatch> due() {
        List<OpenWatch> due = new ArrayList<>();
        long now = System.nanoTime();
        for (OpenWatch watch : open) {
            if (watch.wantsToBeat(now)) {
                hands.beating.execute(() -> beaten(watch));
            }
            if (watch.looksAt(tick)) {
                if (watch.hold()) {
                    due.add(watch);
                }
            } else if (watch.compares() && watch.hold()) {
                concluded(watch, watch.interference());
            }
        }
        return due;
    }

    /** One round of watches that are held. */
    private void look(List<OpenWatch> watches) {
        if (watches.isEmpty()) {
            return;
        }
        Round round = Round.of(watches.stream().map(OpenWatch::seat).toList(), source, reach, hands.asking);
        for (OpenWatch watch : watches) {
            Executor executor = watch.seat().askedAlone() ? hands.alone : hands.looking;
            // a look that fails ends its watch with a word
            var unused = round.answered(watch.seat()).thenRunAsync(() -> look(watch, round), executor);
        }
    }

    private void look(OpenWatch watch, Round round) {
        try {
            concluded(watch, watch.look(round, patience.between()));
        } catch (RuntimeException | Error e) {
            if (leaves(watch)) {
                LOG.warn("{} cannot go on", watch, e);
                tell(watch, () -> watch.report().fail(e instanceof RuntimeException cause ? cause : new Exception(e)));
            }
        }
    }

    /** Gives a watch back, or ends it. */
    private void concluded(OpenWatch watch, Optional<WatchResult> result) {
        if (result.isPresent()) {
            end(watch, result.get());
        } else if (drain.requested()) {
            end(watch, watch.handOver());
        } else {
            watch.release();
        }
    }

    /** One that is looking hands over when its look has ended. */
    private void handOver(OpenWatch watch) {
        if (watch.hold()) {
            end(watch, watch.handOver());
        }
    }

    private void end(OpenWatch watch, WatchResult result) {
        if (leaves(watch)) {
            tell(watch, () -> watch.report().end(result));
        }
    }

    private boolean leaves(OpenWatch watch) {
        open.remove(watch);
        return watch.leave();
    }

    private void beaten(OpenWatch watch) {
        try {
            watch.beat();
            hears(true, "");
        } catch (Report.NotWanted e) {
            if (leaves(watch)) {
                LOG.info("{} is not wanted any more: {}", watch, e.getMessage());
                drain.ended();
            }
        } catch (RuntimeException e) {
            hears(false, String.valueOf(e.getMessage()));
        }
    }

    /** Said once, not for each of thousands of watches. */
    private void hears(boolean now, String why) {
        if (temporalHears.getAndSet(now) != now) {
            if (now) {
                LOG.info("Temporal hears the watches again");
            } else {
                LOG.warn("Temporal does not hear that the watches live: {}", why);
            }
        }
    }

    /** One of the two things that a watch says last. */
    private interface LastWord {
        void say() throws Report.NotWanted;
    }

    private void tell(OpenWatch watch, LastWord word) {
        hands.telling.execute(() -> said(watch, word));
    }

    private void said(OpenWatch watch, LastWord word) {
        try {
            word.say();
        } catch (Report.NotWanted e) {
            LOG.info("{} is over, and nobody wants to know: {}", watch, e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("cannot report how {} ended: {}", watch, String.valueOf(e.getMessage()));
            if (watch.isAwaited()) {
                hands.after(BETWEEN_REPORTS, () -> said(watch, word));
                return;
            }
        }
        drain.ended();
    }
}
