package dev.slipway.activities.watch;

/** There is no answer to a query: unreachable, refused, partial or not understood. Technical, never a verdict. */
final class PrometheusException extends Exception {
    private static final long serialVersionUID = 1;

    PrometheusException(String message) {
        super(message);
    }

    PrometheusException(String message, Throwable cause) {
        super(message, cause);
    }
}
