package dev.slipway.activities.helm;

/** Whether a chart's hooks run when its release is put back or taken away; they may be migrations that know no way back. */
enum Hooks {
    RUN,
    SKIP
}
