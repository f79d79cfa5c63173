package dev.slipway.workflows.stage;

import dev.slipway.model.ReleaseId;
import dev.slipway.model.analysis.Progress;
import dev.slipway.model.analysis.Purpose;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How far a watch was when the workflow heard of it last: at its begin, and when one activity hands over to the next. What
 * comes in between is in the heartbeat of the activity, which costs the history nothing.
 *
 * @param asOf the moment of which it tells
 */
record Headway(ReleaseId release, String step, Purpose purpose, Progress progress, Instant asOf) {

    /** Nothing is seen yet. */
    static Headway begin(ReleaseId release, String step, WatchOrder order, Instant now) {
        Optional<Instant> end =
                order.purpose() == Purpose.SOAK ? Optional.of(now.plus(order.atLeast())) : Optional.empty();
        return new Headway(release, step, order.purpose(), Progress.begin(order.atLeast(), end), now);
    }

    /** What a watch has handed in; the same when it had no answer yet. */
    Headway at(WatchState state) {
        return state.progress()
                .map(now -> new Headway(release, step, purpose, now, state.cursor()))
                .orElse(this);
    }

    /** {@code soak: earned 3h12m of 24h at ..., expected end ...}, why time does not count, and where to look for later. */
    String words() {
        String missing = progress.missing().isEmpty() ? "" : " (" + String.join("; ", progress.missing()) + ")";
        String verb = purpose == Purpose.SOAK ? "earned " : "watched ";
        return step + ": " + verb + progress.words() + " as of " + asOf.truncatedTo(ChronoUnit.SECONDS) + missing
                + "; as of now: the heartbeat of the pending watch, or" + " slipway get " + release;
    }
}
