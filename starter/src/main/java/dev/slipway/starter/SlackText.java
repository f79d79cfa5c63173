package dev.slipway.starter;

/** Text from outside, in which nothing is a link, a mention or a command to Slack. */
final class SlackText {
    private SlackText() {}

    static String plain(String text) {
        return SafeText.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace('`', '\'');
    }
}
