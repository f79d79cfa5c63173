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
                            "i/o timeout",
                            "tls handshake timeout",
                            "too many requests",
                            "unexpected eof",
                            "the server is currently unable to handle the request",
                            "etcdserver: request timed out",
                            "etcdserver: leader changed")),
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
        if (finished.truncated()) {
            return FailureType.INVALID_INPUT.failure(
                    command.words() + " answered more than " + (HelmProcess.STDOUT_LIMIT >> 20) + " MiB");
        }
        String error = finished.error();
        FailureType type = finished.late() ? FailureType.UNKNOWN : classify(error);
        return type.failure(command.words() + ": " + error);
    }

    /** Whether helm says that there is no such release. */
    static boolean absent(Finished finished) {
        return finished.exit() != 0 && finished.error().toLowerCase(Locale.ROOT).contains("release: not found");
    }
}
