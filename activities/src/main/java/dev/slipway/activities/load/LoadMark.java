package dev.slipway.activities.load;

import dev.slipway.workflows.undo.Permit;
import java.util.Map;

/** Our signature on a Job, by which a later attempt, an undo and the reaper find it. */
final class LoadMark {
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String RUN = "slipway.dev/run";
    static final String EPOCH = "slipway.dev/epoch";
    /** Of which CronJob, for people. */
    static final String LOAD = "slipway.dev/load";
    /** The same words as on a route. */
    static final String RELEASE = "slipway.dev/release";
    /** Which one it is, from 1. */
    static final String NUMBER = "slipway.dev/number";
    /** How many before it have failed without a break. */
    static final String FAILURES = "slipway.dev/failures";

    private LoadMark() {}

    /** The labels of every Job of the permit's stage run. */
    static Map<String, String> ofRun(Permit permit) {
        return Map.of(MANAGED_BY, "slipway", RUN, permit.stamp().stageRun());
    }

    /** The labels of the Jobs that are made under the permit. */
    static Map<String, String> of(Permit permit) {
        return Map.of(MANAGED_BY, "slipway", RUN, permit.stamp().stageRun(), EPOCH, Long.toString(permit.epoch()));
    }

    /** For people, and for the reaper: whose it is. */
    static String release(Permit permit) {
        var stamp = permit.stamp();
        return stamp.release() + " attempt " + stamp.attempt() + " run " + stamp.stageRun();
    }
}
