package dev.slipway.activities.announce;

/** Slack's no to a call, which the same call will get again: its own word for why, such as {@code channel_not_found}. */
final class SlackRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final String error;

    SlackRefusal(String method, String error) {
        super(method + ": " + error);
        this.error = error;
    }

    String error() {
        return error;
    }
}
