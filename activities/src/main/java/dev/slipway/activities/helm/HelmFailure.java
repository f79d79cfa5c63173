package dev.slipway.activities.helm;

import dev.slipway.workflows.api.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Locale;

/**
 * What a failed helm means. The words are those of Helm 4's and Kubernetes' sources; the first class that has one of them
 * wins, so the order matters: a hook that timed out is a hook that failed.
 */
final class HelmFailure {
    private record Words(FailureType type, List<String> any) {}

    private static final List<Words> CLASSES = List.of(
            new Words(
                    FailureType.HELM_LOCKED,
                    List.of(
                            "another operation (install/upgrade/rollback) is in progress",
                            "cannot reuse a name that is still in use",
                            "release: already exists")),
            new Words(
                    FailureType.INVALID_INPUT,
                    List.of("must have at most 1048576", "may not be more than 1048576", "limit is 3145728")),
            new Words(FailureType.UNREACHABLE, List.of("failed calling webhook")),
            new Words(FailureType.FORBIDDEN, List.of("denied the request")),
            new Words(
                    FailureType.HOOK_FAILED,
                    List.of("-install hooks failed", "-upgrade hooks failed", "failed pre-", "failed post-", "hook")),
            new Words(
                    FailureType.UNREACHABLE,
                    List.of(
                            "kubernetes cluster unreachable",
                            "connection refused",
                            "connection reset",
                            "no such host",
                            "no route to host",
                            "network is unreachable",
                            "connection timed out",
                            "broken pipe",
                            "i/o timeout",
                            "tls handshake timeout",
                            "too many requests",
                            "unexpected eof",
                            ": eof",
                            "http2: ",
                            "use of closed network connection",
                            "client rate limiter",
                            "the server is currently unable to handle the request",
                            "server was unable to return a response in the time allotted",
                            "apiserver not ready",
                            "storage is (re)initializing",
                            "etcdserver: ")),
            new Words(
                    FailureType.INVALID_INPUT,
                    List.of(
                            "values don't meet the specifications of the schema",
                            "unable to build kubernetes objects",
                            "execution error at",
                            "parse error at",
                            "error converting yaml",
                            "yaml parse error",
                            "error calling include",
                            "nil pointer evaluating",
                            "chart.yaml",
                            "chart requires kubeversion",
                            "missing in charts/",
                            "is invalid:")),
            new Words(
                    FailureType.CONFLICT,
                    List.of(
                            "field is immutable",
                            "fields other than",
                            "apply failed with",
                            "conflicts with",
                            "invalid ownership metadata",
                            "exists and cannot be imported")),
            new Words(
                    FailureType.FORBIDDEN,
                    List.of("forbidden", "exceeded quota", "is being terminated", "unauthorized", "must be logged in")),
            new Words(
                    FailureType.MISSING,
                    List.of("has no deployed releases", "release: not found", "release has no", "not found")));

    private static final List<String> OVERTAKEN = List.of(
            "cannot reuse a name that is still in use",
            "release: already exists",
            "has no deployed releases",
            "release: not found",
            "another operation (install/upgrade/rollback) is in progress");

    private HelmFailure() {}

    /** The class of what helm said. */
    static FailureType classify(String said) {
        String words = said.toLowerCase(Locale.ROOT);
        return CLASSES.stream()
                .filter(c -> c.any().stream().anyMatch(words::contains))
                .map(Words::type)
                .findFirst()
                .orElse(FailureType.UNKNOWN);
    }

    /** The failure of an activity whose helm ended like this. */
    static ApplicationFailure of(HelmCommand command, Finished finished) {
        return of(command.words(), finished);
    }

    /** As {@link #of(HelmCommand, Finished)}; the command in words, such as {@code helm upgrade podinfo}. */
    static ApplicationFailure of(String command, Finished finished) {
        if (finished.truncated()) {
            return FailureType.INVALID_INPUT.failure(
                    command + " answered more than " + (HelmProcess.STDOUT_LIMIT >> 20) + " MiB");
        }
        String error = finished.error();
        FailureType type = finished.late() ? FailureType.UNKNOWN : classify(error);
        return type.failure(command + ": " + error);
    }

    /** The same, final when nobody knows why: it was tried again already. */
    static ApplicationFailure onSecondTry(ApplicationFailure failure) {
        if (!FailureType.UNKNOWN.name().equals(failure.getType())) {
            return failure;
        }
        return ApplicationFailure.newBuilder()
                .setMessage(failure.getOriginalMessage() + " (tried again, with the same result)")
                .setType(failure.getType())
                .setNonRetryable(true)
                .setCause(failure.getCause())
                .build();
    }

    /** Whether helm says that the release is not what it was a moment ago: somebody was faster, look again. */
    static boolean overtaken(Finished finished) {
        String words = finished.error().toLowerCase(Locale.ROOT);
        return OVERTAKEN.stream().anyMatch(words::contains);
    }

    /** Whether helm says that there is no such release. */
    static boolean absent(Finished finished) {
        return finished.exit() != 0 && finished.error().toLowerCase(Locale.ROOT).contains("release: not found");
    }
}
