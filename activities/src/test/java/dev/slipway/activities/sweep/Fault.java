package dev.slipway.activities.sweep;

import java.util.Arrays;
import java.util.List;

/** What goes wrong at a cut, once. */
enum Fault {
    KILLED_BEFORE("worker killed before the call"),
    KILLED_AFTER("worker killed after the effect, before the result"),
    LATE_DURING("timed out, its effect lands while the next attempt runs"),
    LATE_AFTER("timed out, its effect lands after the next attempt"),
    LATE_AT_THE_END("timed out, its effect lands when the release has ended"),
    TWICE("executed twice"),
    FAILED_ONCE("failed once, then fine"),
    WORKER_DIES_IN_THE_MIDDLE("worker killed between the first and the second write of the call"),
    WORKER_DIES_BEFORE_THE_LAST("worker killed before the last write of the call"),
    HELM_DIES_IN_THE_MIDDLE("helm alone killed between its first and second write"),
    HELM_DIES_BEFORE_THE_LAST("helm alone killed before its last write"),
    HELM_LIES("helm says that it is done, and has done nothing"),
    HELM_LIES_HALFWAY("helm says that it is done, and has stopped before its last write"),
    FAILS_FOR_GOOD("fails and cannot be tried again");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /** The faults that an activity can meet: helm's are for calls of helm, and only a call that writes can land late in three ways. */
    static List<Fault> at(Cut cut) {
        boolean helm = cut.activity().matches("Helm_(Apply|Restore|Uninstall)");
        boolean writes = helm || cut.activity().matches("Route_(Shift|Detach|Restore)|Fence_.*|Watch_.*");
        return Arrays.stream(values())
                .filter(f -> helm || f.compareTo(WORKER_DIES_IN_THE_MIDDLE) < 0 || f == FAILS_FOR_GOOD)
                .filter(f -> writes || f != LATE_DURING && f != LATE_AT_THE_END)
                .toList();
    }

    @Override
    public String toString() {
        return words;
    }
}
