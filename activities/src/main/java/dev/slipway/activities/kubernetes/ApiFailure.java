package dev.slipway.activities.kubernetes;

import dev.slipway.workflows.api.FailureType;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.temporal.failure.ApplicationFailure;
import java.util.function.Supplier;

/** What an error of the Kubernetes API means for a release. */
public final class ApiFailure {
    private ApiFailure() {}

    /**
     * Calls the API; its errors come out classified.
     *
     * @param doing what was tried, such as {@code reading HTTPRoute production/podinfo}
     * @throws ApplicationFailure of a {@link FailureType}
     */
    public static <T> T classified(String doing, Supplier<T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            throw of(doing, e);
        }
    }

    /** The failure that stands for an error of the API while doing something. */
    public static ApplicationFailure of(String doing, KubernetesClientException error) {
        return type(error.getCode()).failure(doing + " failed: " + words(error));
    }

    private static FailureType type(int code) {
        return switch (code) {
            case 401, 403 -> FailureType.FORBIDDEN;
            case 404, 410 -> FailureType.MISSING;
            case 409 -> FailureType.CONFLICT;
            case 400, 422 -> FailureType.INVALID_INPUT;
            // no answer, too many requests, or a server in trouble
            default -> code <= 0 || code == 429 || code >= 500 ? FailureType.UNREACHABLE : FailureType.UNKNOWN;
        };
    }

    private static String words(KubernetesClientException error) {
        if (error.getStatus() != null && error.getStatus().getMessage() != null) {
            return error.getCode() + " " + error.getStatus().getMessage();
        }
        Throwable cause = error.getCause();
        return error.getCode() > 0 || cause == null ? String.valueOf(error.getMessage()) : String.valueOf(cause);
    }
}
