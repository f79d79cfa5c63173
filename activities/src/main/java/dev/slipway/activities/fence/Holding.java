package dev.slipway.activities.fence;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a Lease, as its spec says. Two are equal when nobody has written it between two looks.
 *
 * @param holder empty when it was given back
 * @param transitions how often it was taken: the token that tells one holding from the next
 * @param renewed the holder's own clock, only ever compared with itself
 * @param lasts how long it is good without being renewed
 */
record Holding(String holder, int transitions, @Nullable ZonedDateTime renewed, Duration lasts) {
    static final Duration LASTS = Duration.ofSeconds(15);
    /** A Lease that somebody has edited must not keep everybody waiting for days. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    static Holding of(Lease lease) {
        LeaseSpec spec = lease.getSpec() == null ? new LeaseSpec() : lease.getSpec();
        Integer seconds = spec.getLeaseDurationSeconds();
        Duration lasts = seconds == null || seconds <= 0 ? LASTS : Duration.ofSeconds(seconds);
        return new Holding(
                spec.getHolderIdentity() == null ? "" : spec.getHolderIdentity(),
                spec.getLeaseTransitions() == null ? 0 : spec.getLeaseTransitions(),
                spec.getRenewTime(),
                lasts.compareTo(LONGEST) > 0 ? LONGEST : lasts);
    }

    boolean free() {
        return holder.isEmpty();
    }

    /** Whether this is the other one, perhaps renewed. */
    boolean continues(Holding other) {
        return holder.equals(other.holder) && transitions == other.transitions;
    }

    /** The same holder a moment later. */
    Holding again() {
        return new Holding(holder, transitions, now(), lasts);
    }

    /** The next holder. */
    Holding takenBy(String next) {
        return new Holding(next, transitions + 1, now(), LASTS);
    }

    /** Nobody's, so that the next writer need not wait. */
    Holding givenBack() {
        return new Holding("", transitions, renewed, lasts);
    }

    private static ZonedDateTime now() {
        return ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }

    /** The Lease with this holding in its spec. */
    Lease in(LeaseBuilder lease) {
        return lease.editOrNewSpec()
                .withHolderIdentity(holder)
                .withLeaseTransitions(transitions)
                .withRenewTime(renewed)
                .withLeaseDurationSeconds((int) lasts.toSeconds())
                .endSpec()
                .build();
    }
}
