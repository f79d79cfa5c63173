package dev.slipway.activities.helm;

import java.util.Optional;

/** What a release is, measured by what a call wants it to be. The one place that decides it; it asks nobody. */
sealed interface HelmState {
    /** There is no release. */
    record Absent() implements HelmState {}

    /** A helm is at work on it, or was killed while it was. */
    record Locked(Owned by) implements HelmState {}

    /** Somebody else has changed it after the stage's first touch. */
    record Foreign(String words) implements HelmState {}

    /** Its last change failed; what is deployed, if anything, is the stage's or is what it found. */
    record Failed(Owned last) implements HelmState {}

    /** It is the stage's or is what it found, but not yet what is wanted. */
    record OutOfSync(Owned deployed) implements HelmState {}

    /** It is what is wanted: nothing is to be done. */
    record InSync(Owned deployed) implements HelmState {}

    /** The state of what was seen. */
    static HelmState of(Sight sight, Goal goal) {
        Optional<Owned> newest = sight.newest();
        if (newest.isEmpty()) {
            return goal.kind() != Goal.Kind.ABSENT && goal.prior().isPresent()
                    ? new Foreign("was at revision " + goal.prior().get().revision()
                            + " and has been uninstalled by somebody else since")
                    : new Absent();
        }
        Owned last = newest.get();
        if (last.revision().locked()) {
            return new Locked(last);
        }
        return last.revision().deployed() ? deployed(last, goal) : failed(sight, last, goal);
    }

    private static HelmState deployed(Owned last, Goal goal) {
        if (goal.reached(last)) {
            return new InSync(last);
        }
        boolean taken = goal.kind() == Goal.Kind.ABSENT ? last.ours().isEmpty() : last.strange();
        return taken ? foreign(last) : new OutOfSync(last);
    }

    private static HelmState failed(Sight sight, Owned last, Goal goal) {
        Optional<Owned> deployed = sight.deployed();
        return switch (goal.kind()) {
            case DEPLOYED -> {
                if (deployed.isPresent()) {
                    yield deployed.get().strange() ? foreign(deployed.get()) : new Failed(last);
                }
                yield goal.prior().isEmpty()
                        ? new Failed(last)
                        : new Foreign("was at revision " + goal.prior().get().revision()
                                + ", but has no deployed revision any more");
            }
            case PRIOR -> {
                if (untouched(sight, goal)) {
                    yield new InSync(deployed.orElseThrow());
                }
                yield last.strange() ? foreign(last) : new Failed(last);
            }
            case ABSENT -> {
                boolean leftover = deployed.isEmpty() && !sight.anyOurs();
                yield last.ours().isPresent() || leftover ? new Failed(last) : foreign(last);
            }
        };
    }

    /** The prior revision still is the deployed one, and what failed after it is not this stage's. */
    private static boolean untouched(Sight sight, Goal goal) {
        return sight.deployed()
                        .filter(Owned::prior)
                        .filter(d -> d.revision().revision()
                                == goal.prior().orElseThrow().revision())
                        .isPresent()
                && sight.tail().stream().skip(1).allMatch(o -> o.revision().failed() && o.strange());
    }

    private static Foreign foreign(Owned by) {
        return new Foreign("was changed by somebody else: " + by.revision().words());
    }
}
