package dev.slipway.activities.watch;

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

/**
 * One watch from its first look to its end: look, fold, judge, and on a breach take the traffic off before reporting it. It
 * waits for nothing: whoever keeps it calls for each look. Used by one thread at a time.
 */
final class Vigil implements AutoCloseable {
    /** Before the first scrapes: should a look fail for thousands of soaks, they must not all look again at once. */
    private static final Duration UNKNOWN = Duration.ofSeconds(5);

    private final WatchOrder order;
    private final Observer observer;
    private final Optional<Rhythm> rhythm;
    private final Fold fold;
    private final Lesson lesson;
    private final Sightings sightings;
    private final Judge judge;
    private final Breach breach;
    private final Patience patience;
    private final PrometheusTime time;
    private final Comparison comparison;
    private @Nullable Duration passed;
    private boolean answered;
    private Duration scrapes = UNKNOWN;
    private @Nullable WatchState state;

    /**
     * @param from what was seen by whoever watched before
     * @param source what remembers: Prometheus
     * @param direct asks the pods themselves while a canary is exposed
     * @throws IllegalArgumentException when a selector cannot be read
     */
    Vigil(
            WatchOrder order,
            Optional<WatchState> from,
            CounterSource source,
            Optional<DirectScrape> direct,
            TripWire wire,
            Comparison comparison,
            Patience patience,
            Clock clock) {
        this.order = order;
        this.state = from.orElse(null);
        Docket docket = new Docket(order);
        this.fold = new Fold(order, docket);
        this.lesson = new Lesson(docket);
        this.sightings = new Sightings(order.track(), docket);
        this.judge = new Judge(new Terms(
                order.purpose(), order.slos(), order.warmUp(), order.atLeast(), order.atMost(), order.minRequests()));
        this.breach = new Breach(wire);
        this.patience = patience;
        this.time = new PrometheusTime(clock);
        order.slos().forEach(SloReader::check);
        Optional<PodScrapes> pods = order.trip().flatMap(exposed -> direct).map(scrape -> scrape.of(order, time::now));
        this.observer = new Observer(source, pods, order, patience);
        this.rhythm = pods.flatMap(scrapes -> direct.map(scrape -> scrape.begin(scrapes)));
        this.comparison = comparison;
    }

    /** Says what the first look will ask, so that many which begin together can ask together. */
    void announce(Seat seat) {
        observer.announce(seat, current());
    }

    /** Rings whenever the pods themselves have just said something new, so that it can be looked at without delay. */
    void onNews(Runnable ring) {
        rhythm.ifPresent(scrapes -> scrapes.onRound(ring));
    }

    /** One look: what there is to report, if anything. Ends with the pulse's exception when the pulse throws. */
    Optional<WatchResult> step(Pulse pulse) {
        Optional<WatchResult> end = interference().or(() -> once(pulse).filter(this::mayEnd));
        if (end.isPresent()) {
            return end;
        }
        pulse.beat(current());
        return time.sinceBegin().compareTo(patience.handOver()) < 0 ? Optional.empty() : Optional.of(handOver());
    }

    /** What another worker, or the next activity, goes on from. */
    WatchResult handOver() {
        return new WatchResult.HandedOver(current());
    }

    /** What was seen up to now. */
    WatchState seen() {
        return current();
    }

    /** When the next look is worth while: a ramp's at once, a soak's with the next scrape when it has caught up. */
    Duration pause() {
        return order.trip().isPresent() || passed != null ? patience.between() : patience.soaking(scrapes);
    }

    /** Whether there is something that was left and can be compared. */
    boolean compares() {
        return comparison.isAsked();
    }

    /**
     * Whether somebody else has changed what we left; it costs nothing to ask between two looks. The watcher takes nothing
     * off here: what is not as we left it is for the stage to sort out.
     */
    Optional<WatchResult> interference() {
        return compares() ? comparison.found(time.sinceBegin()).map(WatchResult.Interfered::new) : Optional.empty();
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
        WatchState before = learnt(anchored(current(), now));
        Look look = pods.isPresent()
                ? observer.lookAtPods(before, now, () -> pulse.beat(before))
                : observer.look(before, now, () -> pulse.beat(before));
        scrapes = look.at().isBefore(now) ? Duration.ZERO : interval(look);
        Folded folded = fold.of(before, look, now.minus(patience.settled()));
        Seen seen = sightings.seen(folded.now(), look);
        state = folded.settled().seeing().with(judge.progress(seen, look.at()));
        Optional<Verdict> verdict = judge.judge(seen);
        return verdict.map(said -> said.with(Evidence.of("samples", observer.words(before.cursor()))))
                .map(time::remarked)
                .map(decided -> breach.report(order, decided, folded.tape().get()));
    }

    /** Whatever stable did in the minutes before says how much of what it and the canary do now is its nature. */
    private WatchState learnt(WatchState before) throws PrometheusException {
        boolean begins =
                before.cursor().equals(before.startedAt()) && before.trials().isEmpty();
        if (order.stable().isPresent() && begins) {
            WatchState learnt = lesson.learnt(before, observer.stableBefore(before.startedAt()));
            state = learnt;
            return learnt;
        }
        return before;
    }

    private static Duration interval(Look look) {
        return look.scrapeInterval().isZero() ? UNKNOWN : look.scrapeInterval();
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
}
