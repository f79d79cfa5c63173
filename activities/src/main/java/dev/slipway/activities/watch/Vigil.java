package dev.slipway.activities.watch;

import dev.slipway.activities.Drain;
import dev.slipway.model.Evidence;
import dev.slipway.model.Verdict;
import dev.slipway.model.analysis.Judge;
import dev.slipway.model.analysis.Seen;
import dev.slipway.model.analysis.Terms;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One watch from its first look to its end: look, fold, judge, and on a breach take the traffic off before reporting it. */
final class Vigil implements AutoCloseable {
    private final WatchOrder order;
    private final Observer observer;
    private final Optional<Rhythm> rhythm;
    private final Fold fold;
    private final Judge judge;
    private final Breach breach;
    private final Patience patience;
    private final Drain drain;
    private final PrometheusTime time;
    private final Comparison comparison;
    private @Nullable Duration passed;
    private boolean answered;
    private @Nullable WatchState state;

    /**
     * @param source what remembers: Prometheus
     * @param direct asks the pods themselves while a canary is exposed
     * @throws IllegalArgumentException when a selector cannot be read
     */
    Vigil(
            WatchOrder order,
            CounterSource source,
            Optional<DirectScrape> direct,
            TripWire wire,
            Comparison comparison,
            Drain drain,
            Patience patience,
            Clock clock) {
        this.order = order;
        this.fold = new Fold(order);
        this.judge = new Judge(new Terms(
                order.purpose(), order.slos(), order.warmUp(), order.atLeast(), order.atMost(), order.minRequests()));
        this.breach = new Breach(wire);
        this.patience = patience;
        this.drain = drain;
        this.time = new PrometheusTime(clock);
        Optional<PodScrapes> pods = order.trip().flatMap(exposed -> direct).map(scrape -> scrape.of(order, time::now));
        this.observer = new Observer(source, pods, order, patience);
        this.rhythm = pods.flatMap(scrapes -> direct.map(scrape -> scrape.begin(scrapes)));
        this.comparison = comparison;
    }

    /** Watches until there is something to report. Ends with the pulse's exception when the pulse throws. */
    WatchResult keep(Optional<WatchState> from, Pulse pulse) {
        state = from.orElse(null);
        while (true) {
            Optional<WatchResult> end = interference().or(() -> once(pulse).filter(this::mayEnd));
            if (end.isPresent()) {
                return end.get();
            }
            pulse.beat(current());
            if (time.sinceBegin().compareTo(patience.handOver()) >= 0 || paused()) {
                return new WatchResult.HandedOver(current());
            }
        }
    }

    /** The watcher takes nothing off here: what is not as we left it is for the stage to sort out. */
    private Optional<WatchResult> interference() {
        return comparison.found(time.sinceBegin()).map(WatchResult.Interfered::new);
    }

    /** A pass is only a pass when what passed is still what we left. */
    private boolean mayEnd(WatchResult end) {
        if (!(end instanceof WatchResult.Decided decided && decided.verdict() instanceof Verdict.Passed)) {
            return true;
        }
        passed = passed == null ? time.sinceBegin() : passed;
        return comparison.isClearSince(passed);
    }

    private Optional<WatchResult> once(Pulse pulse) {
        try {
            return see(pulse);
        } catch (PrometheusException e) {
            return blind(e);
        }
    }

    private Optional<WatchResult> see(Pulse pulse) throws PrometheusException {
        Optional<Instant> pods = answered ? observer.pods(current().cursor()) : Optional.empty();
        Instant now = pods.isPresent() ? time.answered(pods.get()) : time.set(observer.now());
        WatchState before = anchored(current(), now);
        Look look = pods.isPresent()
                ? observer.lookAtPods(before, now, () -> pulse.beat(before))
                : observer.look(before, now, () -> pulse.beat(before));
        WatchState all = fold.upTo(before, look, look.at());
        Seen seen = fold.seen(all, look);
        Instant settled = now.minus(patience.settled());
        state = fold.settled(before, look, look.at().isBefore(settled) ? look.at() : settled)
                .seeing()
                .with(judge.progress(seen, look.at()));
        Optional<Verdict> verdict = judge.judge(seen);
        return verdict.map(said -> said.with(Evidence.of("samples", observer.words(before.cursor()))))
                .map(time::remarked)
                .map(decided -> breach.report(order, decided, all.tape()));
    }

    /** A watch that began before the first answer began by this worker's clock, which must not say what counts. */
    private WatchState anchored(WatchState before, Instant now) {
        boolean first = !answered;
        answered = true;
        boolean unseen = before.cursor().equals(before.startedAt())
                && before.counts().isEmpty()
                && before.trials().isEmpty();
        if (!first || !unseen || !time.isOff() && !before.startedAt().isAfter(now)) {
            return before;
        }
        return WatchState.begin(now);
    }

    private Optional<WatchResult> blind(PrometheusException cause) {
        WatchState seen = current();
        Instant now = time.now();
        Instant since = seen.blindSince().orElseGet(time::lastAnswer);
        state = seen.blindSince().isPresent() ? seen : seen.blindSince(since);
        Duration blind = Duration.between(since, now);
        if (blind.compareTo(order.blindBudget()) < 0) {
            return Optional.empty();
        }
        String reason = "no usable answer for " + blind.toSeconds() + "s: " + cause.getMessage();
        return Optional.of(new WatchResult.Blind(reason, seen.seeing()));
    }

    /** Ends what runs beside the looks. */
    @Override
    public void close() {
        rhythm.ifPresent(Rhythm::close);
    }

    private WatchState current() {
        if (state == null) {
            state = WatchState.begin(time.now());
        }
        return state;
    }

    /** An interrupt means that the worker will not wait any longer: hand over as well, with the flag clear to report it. */
    private boolean paused() {
        try {
            return drain.await(patience.between());
        } catch (InterruptedException e) {
            return true;
        }
    }
}
