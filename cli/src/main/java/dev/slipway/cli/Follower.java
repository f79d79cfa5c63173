package dev.slipway.cli;

import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows one release until a milestone, its end, a stuck undo, or the end of the caller's patience. */
final class Follower {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

    private final Terminal terminal;
    private final Server server;
    private final ReleaseId id;
    private final ReleaseFeed.Pace pace;

    Follower(Terminal terminal, Server server, ReleaseId id, ReleaseFeed.Pace pace) {
        this.terminal = terminal;
        this.server = server;
        this.id = id;
        this.pace = pace;
    }

    /**
     * What to wait for.
     *
     * @param attempt older attempts are not shown
     * @param leaveWhenStuck whether a stuck undo ends it
     */
    record Goal(Milestone until, int attempt, Optional<Duration> timeout, boolean leaveWhenStuck) {}

    /** Why the following ended. */
    enum Cause {
        REACHED,
        ENDED,
        STUCK,
        TIMEOUT,
        SILENCE
    }

    /**
     * The end of the following.
     *
     * @param last as it was seen last, absent when it was never seen
     */
    record Ending(Cause cause, Optional<Snapshot> last) {
        ExitCode code() {
            return switch (cause) {
                case REACHED -> ExitCode.OK;
                case ENDED -> ExitCode.of(last.orElseThrow().view());
                case STUCK -> ExitCode.STUCK;
                case TIMEOUT, SILENCE -> ExitCode.STILL_RUNNING;
            };
        }
    }

    /**
     * @throws Failure when there is no use in asking on: the release is gone, or the token is not valid any more
     */
    Ending follow(Goal goal, Watcher watcher) {
        try (ReleaseFeed feed = new ReleaseFeed(server, id, pace);
                Goodbye unused = new Goodbye(terminal, id, watcher)) {
            return loop(feed, goal, watcher);
        } finally {
            watcher.end();
        }
    }

    private Ending loop(ReleaseFeed feed, Goal goal, Watcher watcher) {
        long start = System.nanoTime();
        long answered = start;
        @Nullable Snapshot last = null;
        while (true) {
            Optional<ReleaseFeed.News> news = feed.next(patience(goal, start));
            if (news.isEmpty()) {
                watcher.idle();
            } else if (news.get() instanceof ReleaseFeed.News.Over over) {
                throw over.failure();
            } else if (news.get() instanceof ReleaseFeed.News.Silence silence) {
                watcher.silent(silence.why());
                if (System.nanoTime() - answered > LONGEST_SILENCE.toNanos()) {
                    return new Ending(Cause.SILENCE, Optional.ofNullable(last));
                }
            } else if (news.get() instanceof ReleaseFeed.News.Seen seen
                    && seen.snapshot().view().attempt() >= goal.attempt()) {
                answered = System.nanoTime();
                last = seen.snapshot();
                watcher.saw(last);
                Optional<Cause> cause = cause(goal, last.view());
                if (cause.isPresent()) {
                    return new Ending(cause.get(), Optional.of(last));
                }
            }
            if (left(goal, start).isNegative()) {
                return new Ending(Cause.TIMEOUT, Optional.ofNullable(last));
            }
        }
    }

    private Optional<Cause> cause(Goal goal, ReleaseView view) {
        if (goal.until().reached(view)) {
            return Optional.of(Cause.REACHED);
        }
        if (view.phase() == Phase.DONE) {
            return Optional.of(Cause.ENDED);
        }
        return goal.leaveWhenStuck() && view.phase() == Phase.STUCK && stillStuck()
                ? Optional.of(Cause.STUCK)
                : Optional.empty();
    }

    /** Asked once more: events may be old when somebody has acted already. */
    private boolean stillStuck() {
        try {
            return Snapshot.of(server.release(id)).view().phase() == Phase.STUCK;
        } catch (Unreachable e) {
            return true;
        }
    }

    private static Duration patience(Goal goal, long start) {
        Duration left = left(goal, start);
        return left.compareTo(TICK) < 0 ? left : TICK;
    }

    private static Duration left(Goal goal, long start) {
        return goal.timeout().map(t -> t.minusNanos(System.nanoTime() - start)).orElse(TICK);
    }
}
