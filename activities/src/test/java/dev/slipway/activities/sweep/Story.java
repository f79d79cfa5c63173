package dev.slipway.activities.sweep;

import dev.slipway.model.Verdict;
import dev.slipway.model.analysis.Purpose;
import dev.slipway.workflows.api.WatchOrder;
import java.util.List;

/** How a release goes when no fault meets it. */
enum Story {
    /** Ramps 5, 25, 50, promotion, soak: all pass. */
    GOOD("PROMOTED"),
    /** Errors show at 25 %. */
    BREACH_AT_25("ROLLED_BACK"),
    /** Errors show in the soak, when users are on the new version. */
    BREACH_AFTER_PROMOTION("ROLLED_BACK");

    private static final Verdict BREACH = Verdict.failed("errors: 20% of 100 requests bad");
    private final String outcome;

    Story(String outcome) {
        this.outcome = outcome;
    }

    /** The outcome's word. */
    String outcome() {
        return outcome;
    }

    /**
     * What a watch says; the same however often it is asked.
     *
     * @param share the canary's, at the epoch that is watched; -1 in a soak
     */
    Verdict judge(WatchOrder order, int share) {
        boolean breach = this == BREACH_AT_25 && share == 25
                || this == BREACH_AFTER_PROMOTION && order.purpose() == Purpose.SOAK;
        return breach ? BREACH : Verdict.passed();
    }

    /** Where it begins to differ from a good release: the watch that sees the breach. */
    int parts(List<Cut> cuts) {
        int watches = switch (this) {
            case GOOD -> 0;
            case BREACH_AT_25 -> 2;
            case BREACH_AFTER_PROMOTION -> Integer.MAX_VALUE;
        };
        int last = 0;
        for (int i = 0; i < cuts.size() && watches > 0; i++) {
            if (cuts.get(i).activity().equals("Watch_Watch")) {
                last = i;
                watches--;
            }
        }
        return last;
    }

    /** Whether it is the watch beside the steps, which these stories leave out. */
    static boolean isSafety(WatchOrder order) {
        return order.purpose() == Purpose.SAFETY;
    }
}
