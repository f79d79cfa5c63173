package dev.slipway.audit;

import dev.slipway.model.ReleaseId;

/**
 * An unbroken chain of one run, as far as it goes. That nothing was cut off its end is only sure when its head is known from
 * elsewhere (the control worker logs it with each batch), or when the last fact says how the release ended.
 *
 * @param attempt of the release; for a recovery the one whose stage was gone
 * @param recovery whether it is a recovery's
 * @param facts how many
 * @param head hash of the last one
 * @param ended whether the last fact ends the release, or the recovery
 */
public record Chain(
        String run, ReleaseId release, int attempt, boolean recovery, long facts, String head, boolean ended) {
    static Chain begin(Entry first) {
        return new Chain(first.run(), first.release(), first.attempt(), first.beginsRecovery(), 0, Entry.NONE, false);
    }

    Chain then(Entry next) {
        boolean ends = next.kind() == dev.slipway.model.Fact.Kind.ENDED
                && next.environment().isEmpty() != recovery;
        return new Chain(run, release, attempt, recovery, facts + 1, next.hash(), ends);
    }
}
