package dev.slipway.worker.replay;

import java.util.Optional;

/**
 * What became of one open workflow.
 *
 * @param events how long its history is
 * @param problem why this build cannot go on with it, on one line; empty when it can
 */
record Replayed(OpenRun run, int events, Optional<String> problem) {}
