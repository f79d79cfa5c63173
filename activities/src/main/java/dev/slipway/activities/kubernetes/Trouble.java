package dev.slipway.activities.kubernetes;

import java.time.Duration;
import java.util.Optional;

/**
 * What keeps a workload from being ready.
 *
 * @param workload {@code Deployment podinfo}
 * @param pod its pod, absent when the workload itself is in trouble
 * @param container the pod's container that is meant, absent when it is the pod as a whole
 * @param cause one word, such as {@code CrashLoopBackOff}
 * @param words what Kubernetes says about it; may be empty
 * @param patience how long it must be seen without a break to be final; absent when it may go away at any time, so that it
 *     is told at the limit only
 */
record Trouble(
        String workload,
        Optional<String> pod,
        Optional<String> container,
        String cause,
        String words,
        Optional<Duration> patience) {
    /** Of the workload itself. */
    static Trouble ofWorkload(String workload, String cause, String words, Duration patience) {
        return new Trouble(workload, Optional.empty(), Optional.empty(), cause, words, Optional.of(patience));
    }

    /** For a person. */
    String sentence() {
        String where = workload
                + pod.map(p -> ", pod " + p).orElse("")
                + container.map(c -> ", container " + c).orElse("");
        return where + ": " + cause + (words.isEmpty() ? "" : ": " + words);
    }
}
