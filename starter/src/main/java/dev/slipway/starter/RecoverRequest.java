package dev.slipway.starter;

import org.jspecify.annotations.Nullable;

/** How to recover a slot; everything may be left out. */
record RecoverRequest(@Nullable Boolean dryRun, @Nullable String reason) {
    static final RecoverRequest PLAIN = new RecoverRequest(false, "");

    boolean dry() {
        return Boolean.TRUE.equals(dryRun);
    }

    String why() {
        return new Reason(reason).text();
    }
}
