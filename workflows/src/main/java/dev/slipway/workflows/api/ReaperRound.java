package dev.slipway.workflows.api;

import dev.slipway.model.ReleaseId;
import java.time.Instant;
import java.util.List;

/**
 * What one round of the reaper found, for people and for the next round.
 *
 * @param orphans what no open stage accounts for
 * @param paged for which releases a page is open
 * @param remark why this round saw nothing, empty when it did
 */
public record ReaperRound(List<Trace> orphans, List<Paged> paged, String remark) {
    /** Before the first round. */
    public static final ReaperRound NONE = new ReaperRound(List.of(), List.of(), "");

    public ReaperRound {
        orphans = List.copyOf(orphans);
        paged = List.copyOf(paged);
    }

    /** What was known, when the cluster or Temporal could not be asked. */
    public ReaperRound unseen(String why) {
        return new ReaperRound(orphans, paged, why);
    }

    /** A release whose orphans somebody was called for. */
    public record Paged(ReleaseId release, Instant at) {}
}
