package dev.slipway.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a check of something written by a person returns: the thing itself, or everything that is wrong with it. */
public sealed interface Checked<T> {

    /** All problems at once, in the order of the file; empty when there is a value. */
    List<Problem> problems();

    /** Empty when there are problems. */
    Optional<T> value();

    /** Continues with the next check, unless there are problems already. */
    <R> Checked<R> then(Function<T, Checked<R>> next);

    /**
     * The value where a problem cannot be, such as a file that was checked before.
     *
     * @throws IllegalArgumentException with all problems, when there are some
     */
    default T orElseThrow() {
        return value().orElseThrow(() -> new IllegalArgumentException(
                String.join("\n", problems().stream().map(Problem::toString).toList())));
    }

    /** Nothing is wrong. */
    record Valid<T>(T checked) implements Checked<T> {
        @Override
        public List<Problem> problems() {
            return List.of();
        }

        @Override
        public Optional<T> value() {
            return Optional.of(checked);
        }

        @Override
        public <R> Checked<R> then(Function<T, Checked<R>> next) {
            return next.apply(checked);
        }
    }

    /** At least one thing is wrong. */
    record Invalid<T>(List<Problem> problems) implements Checked<T> {
        /**
         * @throws IllegalArgumentException without a problem
         */
        public Invalid {
            problems = problems.stream().sorted().distinct().toList();
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("invalid, but nothing is wrong");
            }
        }

        @Override
        public Optional<T> value() {
            return Optional.empty();
        }

        @Override
        public <R> Checked<R> then(Function<T, Checked<R>> next) {
            return new Invalid<>(problems);
        }
    }
}
