package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One watch's place among all that look at the same source. It remembers what the watch asked in its last look and what was
 * answered, so that the next round can ask it for all together. Used by one thread at a time.
 */
final class Seat implements CounterSource {
    private final CounterSource source;
    private final Map<Selector, Stretch> stretches = new HashMap<>();
    private final Set<Selector> asked = new HashSet<>();
    private Set<Question> newest = Set.of();
    private Set<Question> newestNow = new HashSet<>();
    private @Nullable Round round;
    private boolean failed;
    private boolean alone;

    /**
     * @param source what is asked for this watch alone: what it asks for the first time, or far back
     */
    Seat(CounterSource source) {
        this.source = source;
    }

    /** The first look will ask this, from that moment on. */
    void expect(Selector selector, Instant begin) {
        Question.of(selector)
                .ifPresent(question -> stretches.put(selector, new Stretch(question, begin, begin, List.of())));
    }

    /** The looks up to {@link #leave} are of this round. */
    void take(Round now) {
        round = now;
        asked.clear();
        newestNow = new HashSet<>();
        failed = false;
        alone = false;
    }

    /** A whole look says what the next one will ask; of one that failed that is not known. */
    void leave() {
        round = null;
        if (!failed) {
            stretches.keySet().retainAll(asked);
            newest = newestNow;
        }
    }

    /** What the last look asked and what is known of it. */
    Collection<Stretch> stretches() {
        return stretches.values();
    }

    /** Of what the last look asked for the newest samples. */
    Collection<Question> newest() {
        return newest;
    }

    /** Whether the last look needed nothing of the source, so that the next one need not wait for it. */
    boolean quiet() {
        return stretches.isEmpty() && newest.isEmpty() && !alone;
    }

    /** All that the last look asked, of whomever. */
    Set<Selector> shapes() {
        Set<Selector> shapes = new HashSet<>();
        stretches.values().forEach(known -> shapes.add(known.question().shape()));
        newest.forEach(question -> shapes.add(question.shape()));
        return shapes;
    }

    /** Whether the last look had to ask for itself, as the next one may have to. */
    boolean askedAlone() {
        return alone;
    }

    @Override
    public Instant now() throws PrometheusException {
        return current().now();
    }

    @Override
    public List<Series> samples(Selector selector, Duration range, Instant at) throws PrometheusException {
        try {
            asked.add(selector);
            Stretch known = stretches.get(selector);
            Instant begin = at.minus(range);
            if (known != null && at.equals(now())) {
                refresh(known, at);
                if (known.covers(begin, at)) {
                    known.forgetUpTo(begin);
                    return known.within(begin, at);
                }
            }
            return asked(selector, begin, at);
        } catch (PrometheusException e) {
            failed = true;
            throw e;
        }
    }

    private void refresh(Stretch known, Instant at) throws PrometheusException {
        Optional<Share.Answer> answer = current().samples(known.question().shape());
        if (answer.isPresent()) {
            known.extend(
                    answer.get().after(), at, answer.get().of(known.question().track()));
        }
    }

    private List<Series> asked(Selector selector, Instant begin, Instant at) throws PrometheusException {
        alone = true;
        List<Series> answer = source.samples(selector, Duration.between(begin, at), at);
        if (at.equals(now())) {
            Question.of(selector)
                    .ifPresent(question -> stretches.put(selector, new Stretch(question, begin, at, answer)));
        }
        return answer;
    }

    @Override
    public List<Series> latest(Selector selector, Instant at) throws PrometheusException {
        try {
            Optional<Question> question = Question.of(selector);
            question.ifPresent(newestNow::add);
            if (question.filter(newest::contains).isPresent() && at.equals(now())) {
                Optional<Share.Answer> answer = current().latest(question.get().shape());
                if (answer.isPresent()) {
                    return answer.get().of(question.get().track());
                }
            }
            alone = true;
            return source.latest(selector, at);
        } catch (PrometheusException e) {
            failed = true;
            throw e;
        }
    }

    private Round current() {
        if (round == null) {
            throw new IllegalStateException("no look without a round");
        }
        return round;
    }
}
