package dev.slipway.activities.watch;

/** A pod did not say what its metrics are, or not so that it can be understood. Only this one scrape is lost. */
final class ScrapeException extends Exception {
    private static final long serialVersionUID = 1;

    ScrapeException(String message) {
        super(message);
    }
}
