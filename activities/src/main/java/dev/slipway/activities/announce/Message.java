package dev.slipway.activities.announce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.slipway.slack.Mrkdwn;

/**
 * What a channel is shown.
 *
 * @param text the whole of it in a line, for notifications and screen readers; escaped
 * @param blocks what is drawn
 */
record Message(String text, ArrayNode blocks) {
    private static final int LONGEST = 2900;

    Message {
        text = Mrkdwn.cut(text, LONGEST);
    }
}
