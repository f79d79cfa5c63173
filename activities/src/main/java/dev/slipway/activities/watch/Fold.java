package dev.slipway.activities.watch;

import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchState;
import java.time.Duration;
import java.time.Instant;

/**
 * Adds the samples of a look to what was seen before. A pure function of samples and Prometheus's time: it does not matter
 * how often, when or by which worker one looks.
 */
final class Fold {
    private final Duration warmUp;
    private final Docket docket;

    Fold(WatchOrder order, Docket docket) {
        this.warmUp = order.warmUp();
        this.docket = docket;
    }

    /**
     * Goes once through the cells up to the look's own time, and remembers where the last whole one ended.
     *
     * @param arrived up to when all samples have come in
     */
    Folded of(WatchState before, Look look, Instant arrived) {
        Instant from = counting(before);
        Instant known = known(look, arrived);
        if (!look.at().isAfter(from)) {
            return new Folded(warmingUp(before, known), warmingUp(before, look.at()), before::tape);
        }
        Course course = course(before, look, Cells.all(from, look.at(), look.scrapeInterval()));
        WatchState settled = known.isAfter(from) ? settled(before, look, known, course) : warmingUp(before, known);
        return new Folded(settled, course.end().state(), course::tape);
    }

    /** Of the same cells when they are as long as a scrape interval; before that is known there is one, of any length. */
    private WatchState settled(WatchState before, Look look, Instant known, Course all) {
        Cells whole = Cells.whole(counting(before), known, look.scrapeInterval());
        if (whole.count() == 0) {
            return before;
        }
        Course course = look.scrapeInterval().isZero() ? course(before, look, whole) : all;
        course.upTo(whole.count());
        return course.state().on(course.tape());
    }

    private Course course(WatchState before, Look look, Cells cells) {
        return new Course(before, look, cells, countFrom(before), docket);
    }

    /** Up to when what has arrived tells all that it will ever tell. */
    private static Instant known(Look look, Instant arrived) {
        Instant known = arrived.isBefore(look.at()) ? arrived : look.at();
        return look.lonely().filter(lonely -> lonely.isBefore(known)).orElse(known);
    }

    private Instant counting(WatchState state) {
        Instant countFrom = countFrom(state);
        return countFrom.isAfter(state.cursor()) ? countFrom : state.cursor();
    }

    private Instant countFrom(WatchState state) {
        return state.startedAt().plus(warmUp);
    }

    private static WatchState warmingUp(WatchState state, Instant upTo) {
        return upTo.isAfter(state.cursor()) ? state.at(upTo) : state;
    }
}
