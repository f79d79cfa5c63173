package dev.slipway.workflows.api;

import java.util.List;
import java.util.Optional;

/**
 * What is left in one slot by a stage that is gone, and all that is known of how it was before.
 *
 * @param claim the open claim, or what the marks on Helm releases and route tell when it is gone; absent when nothing is left
 * @param found what is there, a sentence each
 * @param missing what nobody knows any more and an undo needs, each with what to do by hand; empty when an undo may run
 * @param epoch the highest epoch on any mark
 * @param left the Helm releases that are as the stage deployed them
 */
public record Remains(
        Optional<Claim> claim, List<String> found, List<String> missing, long epoch, List<Footprint.Release> left) {
    /** Nothing of ours. */
    public static final Remains NONE = new Remains(Optional.empty(), List.of(), List.of(), 0, List.of());

    public Remains {
        found = List.copyOf(found);
        missing = List.copyOf(missing);
        left = List.copyOf(left);
    }
}
