package dev.slipway.starter;

import dev.slipway.model.Digests;
import dev.slipway.model.ReleaseId;
import java.util.Map;

/**
 * What became of a submission.
 *
 * @param attached the same submission was running
 * @param accepted Temporal has it, but no worker has taken it up yet
 * @param already it was promoted before; nothing was started
 */
record StartAnswer(
        ReleaseId release,
        int attempt,
        boolean attached,
        boolean accepted,
        boolean already,
        Digests digests,
        Map<String, String> links) {}
