package dev.slipway.activities.watch;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One moment in which several watches look: Prometheus is asked once for its time, and once for each question that they asked
 * in their last look, however many they are. What a watch did not ask before, it asks for itself.
 */
final class Round {
    private final Moment now;
    private final Map<Selector, CompletableFuture<Share.Answer>> samples;
    private final Map<Selector, CompletableFuture<Share.Answer>> latest;
    private final Map<Set<Selector>, CompletableFuture<Void>> awaited = new HashMap<>();

    private Round(
            Moment now,
            Map<Selector, CompletableFuture<Share.Answer>> samples,
            Map<Selector, CompletableFuture<Share.Answer>> latest) {
        this.now = now;
        this.samples = samples;
        this.latest = latest;
    }

    /** A query that may fail. */
    private interface Query<T> {
        T ask() throws PrometheusException;
    }

    /**
     * Begins to ask.
     *
     * @param askers where a query waits for its answer
     */
    static Round of(Collection<Seat> seats, CounterSource source, Share.Reach reach, Executor askers) {
        Moment now = new Moment(source, askers);
        Map<Selector, Share> samples = new HashMap<>();
        Map<Selector, Share> latest = new HashMap<>();
        for (Seat seat : seats) {
            for (Stretch known : seat.stretches()) {
                Question question = known.question();
                samples.computeIfAbsent(question.shape(), Share::new).join(question.track(), known.upTo());
            }
            for (Question question : seat.newest()) {
                latest.computeIfAbsent(question.shape(), Share::new).join(question.track(), Instant.MIN);
            }
        }
        Map<Selector, CompletableFuture<Share.Answer>> asked = new HashMap<>();
        samples.forEach((shape, share) -> asked.put(
                shape, now.asked().thenApplyAsync(at -> answered(() -> share.samples(source, at, reach)), askers)));
        Map<Selector, CompletableFuture<Share.Answer>> newest = new HashMap<>();
        latest.forEach((shape, share) ->
                newest.put(shape, now.asked().thenApplyAsync(at -> answered(() -> share.latest(source, at)), askers)));
        if (!seats.stream().allMatch(Seat::quiet)) {
            var unused = now.asked();
        }
        return new Round(now, asked, newest);
    }

    /** The source's time, asked once, and not at all when nobody wants it: a watch whose pods answer does not wait for it. */
    private static final class Moment {
        private final CounterSource source;
        private final Executor askers;
        private @Nullable CompletableFuture<Instant> answer;

        Moment(CounterSource source, Executor askers) {
            this.source = source;
            this.askers = askers;
        }

        synchronized CompletableFuture<Instant> asked() {
            if (answer == null) {
                answer = CompletableFuture.supplyAsync(() -> answered(source::now), askers);
            }
            return answer;
        }
    }

    private static <T> T answered(Query<T> query) {
        try {
            return query.ask();
        } catch (PrometheusException e) {
            throw new CompletionException(e);
        }
    }

    /** The moment, by the source's clock. */
    Instant now() throws PrometheusException {
        return joined(now.asked());
    }

    /** The samples that were asked for together, if they were. */
    Optional<Share.Answer> samples(Selector shape) throws PrometheusException {
        CompletableFuture<Share.Answer> answer = samples.get(shape);
        return answer == null ? Optional.empty() : Optional.of(joined(answer));
    }

    /** The newest samples that were asked for together, if they were. */
    Optional<Share.Answer> latest(Selector shape) throws PrometheusException {
        CompletableFuture<Share.Answer> answer = latest.get(shape);
        return answer == null ? Optional.empty() : Optional.of(joined(answer));
    }

    /** Complete when all that this watch asked last time is answered, one way or the other; nobody has to wait in a thread. */
    CompletableFuture<Void> answered(Seat seat) {
        return seat.quiet()
                ? CompletableFuture.completedFuture(null)
                : awaited.computeIfAbsent(seat.shapes(), this::answered);
    }

    private CompletableFuture<Void> answered(Set<Selector> shapes) {
        CompletableFuture<?>[] answers = Stream.concat(
                        Stream.of(now.asked()),
                        shapes.stream()
                                .flatMap(shape -> Stream.of(samples, latest)
                                        .map(asked -> asked.get(shape))
                                        .filter(Objects::nonNull)))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(answers).exceptionally(failed -> null);
    }

    /** Each who asks gets an exception of his own. */
    private static <T> T joined(CompletableFuture<T> answer) throws PrometheusException {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PrometheusException cause) {
                throw new PrometheusException(String.valueOf(cause.getMessage()), cause);
            }
            throw e;
        }
    }
}
