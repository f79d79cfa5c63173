package dev.slipway.workflows.api;

import io.temporal.failure.ApplicationFailure;

/**
 * Why an adapter could not do what it was asked: the {@code type} of the {@link ApplicationFailure} it throws. Adapters
 * classify, workflows never parse messages.
 */
public enum FailureType {
    /** Another Helm operation is in progress on the release. */
    HELM_LOCKED(true),
    /** The cluster, Prometheus or the bundle store does not answer. */
    UNREACHABLE(true),
    /** Nobody knows why; tried once more by the retry policy. */
    UNKNOWN(true),
    /** The worker is draining; another one takes over. */
    DRAINING(true),
    /** Chart, values or bundle are wrong. */
    INVALID_INPUT(false),
    /** A field is immutable, or the object belongs to somebody else. */
    CONFLICT(false),
    /** RBAC, quota, or a namespace that is going away. */
    FORBIDDEN(false),
    /** A Helm hook failed; it may be a migration, so it is not run again. */
    HOOK_FAILED(false),
    /** The revision or object that was to be there is not. */
    MISSING(false),
    /** What was to be deployed has not the approvals that this environment's worker demands; nothing was touched. */
    UNAPPROVED(false),
    /** A newer writer of ours was here first: this one is stale and has changed nothing. */
    FENCED(false),
    /** A watcher took the traffic off; the weight must not rise again. */
    TRIPPED(false),
    /** Somebody else changed the resource after our first touch. */
    INTERFERED(false);

    private final boolean retryable;

    FailureType(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether doing the same again may help. */
    public boolean retryable() {
        return retryable;
    }

    /** The failure to throw from an activity; the message is for a person and must hold no secret. */
    public ApplicationFailure failure(String message) {
        return ApplicationFailure.newBuilder()
                .setMessage(message)
                .setType(name())
                .setNonRetryable(!retryable)
                .build();
    }
}
