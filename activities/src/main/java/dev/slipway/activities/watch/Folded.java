package dev.slipway.activities.watch;

import dev.slipway.model.analysis.sequential.Tape;
import dev.slipway.workflows.api.WatchState;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a watch has seen with a look.
 *
 * @param settled counted for good: whole cells, of which no sample is to come any more
 * @param now up to the look itself, which is to be judged, though more of it may yet arrive; its tape is not up to date
 * @param tape what the trials of {@code now} were given; to be asked for once, and only when there is a verdict
 */
record Folded(WatchState settled, WatchState now, Supplier<Optional<Tape>> tape) {}
