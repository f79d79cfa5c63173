package dev.slipway.activities.helm;

/**
 * Every flag that we ever give to helm. What is not here cannot be passed: no {@code --set}, no post-renderer, no
 * plugin, no {@code --force}, no {@code --kube-token}.
 */
enum Flag {
    DESCRIPTION("description"),
    HIDE_NOTES("hide-notes"),
    HISTORY_MAX("history-max"),
    IGNORE_NOT_FOUND("ignore-not-found"),
    INSTALL("install"),
    LABELS("labels"),
    NAMESPACE("namespace"),
    NO_HOOKS("no-hooks"),
    OUTPUT("output"),
    REVISION("revision"),
    SKIP_CRDS("skip-crds"),
    TIMEOUT("timeout"),
    VALUES("values"),
    WAIT("wait");

    private final String text;

    Flag(String text) {
        this.text = text;
    }

    /** One token, so that a value can never become an option of its own. */
    String with(String value) {
        return "--" + text + "=" + value;
    }
}
