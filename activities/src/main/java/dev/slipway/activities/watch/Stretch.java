package dev.slipway.activities.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The samples that answered one question, kept from look to look, so that only what is new must be asked for. */
final class Stretch {
    private final Question question;
    private final Map<Map<String, String>, Tail> series = new HashMap<>();
    private Instant from;
    private Instant upTo;

    /** What was answered for {@code (from, upTo]}. */
    Stretch(Question question, Instant from, Instant upTo, List<Series> answer) {
        this.question = question;
        this.from = from;
        this.upTo = upTo;
        take(answer);
    }

    Question question() {
        return question;
    }

    Instant upTo() {
        return upTo;
    }

    /** Whether all samples in {@code (begin, end]} are here. */
    boolean covers(Instant begin, Instant end) {
        return !from.isAfter(begin) && !upTo.isBefore(end);
    }

    /** Adds an answer for {@code (after, to]}; ignored when something between would be missing, or when it is old. */
    void extend(Instant after, Instant to, List<Series> answer) {
        if (after.isAfter(upTo) || !to.isAfter(upTo)) {
            return;
        }
        take(answer);
        upTo = to;
    }

    private void take(List<Series> answer) {
        for (Series one : answer) {
            series.computeIfAbsent(one.labels(), labels -> new Tail()).replaceFrom(one.samples());
        }
    }

    /** The samples in {@code (begin, end]}. */
    List<Series> within(Instant begin, Instant end) {
        long after = begin.toEpochMilli();
        long last = end.toEpochMilli();
        List<Series> found = new ArrayList<>(series.size());
        series.forEach((labels, tail) -> {
            List<Sample> samples = tail.within(after, last);
            if (!samples.isEmpty()) {
                found.add(new Series(labels, samples));
            }
        });
        return found;
    }

    /** Nobody will ask for anything before this moment again. */
    void forgetUpTo(Instant begin) {
        if (begin.isAfter(from)) {
            from = begin;
            series.values().forEach(tail -> tail.forgetUpTo(begin.toEpochMilli()));
            series.values().removeIf(Tail::isEmpty);
        }
    }
}
