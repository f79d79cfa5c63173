package dev.slipway.activities.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The samples that answered one question, kept from look to look, so that only what is new must be asked for. */
final class Stretch {
    private final Question question;
    private final Map<Map<String, String>, Tail> series = new HashMap<>(2);
    private final List<Tail> order = new ArrayList<>(2);
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
        for (int place = 0; place < answer.size(); place++) {
            Series one = answer.get(place);
            tail(one.labels(), place).replaceFrom(one.samples());
        }
    }

    /** Prometheus answers in the same order each time, and to hash labels is most of the work of keeping a sample. */
    private Tail tail(Map<String, String> labels, int place) {
        if (place < order.size() && order.get(place).labels().equals(labels)) {
            return order.get(place);
        }
        Tail tail = series.computeIfAbsent(labels, Tail::new);
        if (place < order.size()) {
            order.set(place, tail);
        } else {
            order.add(tail);
        }
        return tail;
    }

    /** The samples in {@code (begin, end]}. */
    List<Series> within(Instant begin, Instant end) {
        long after = begin.toEpochMilli();
        long last = end.toEpochMilli();
        List<Series> found = new ArrayList<>(series.size());
        for (Tail tail : series.values()) {
            Samples samples = tail.within(after, last);
            if (!samples.isEmpty()) {
                found.add(new Series(tail.labels(), samples));
            }
        }
        return found;
    }

    /** Nobody will ask for anything before this moment again. */
    void forgetUpTo(Instant begin) {
        if (begin.isAfter(from)) {
            from = begin;
            series.values().forEach(tail -> tail.forgetUpTo(begin.toEpochMilli()));
            if (series.values().removeIf(Tail::isEmpty)) {
                order.removeIf(Tail::isEmpty);
            }
        }
    }
}
