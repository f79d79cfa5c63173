package dev.slipway.activities.announce;

import dev.slipway.model.Difference;
import dev.slipway.model.Evidence;
import dev.slipway.slack.Mrkdwn;
import java.util.List;

/** What changes, as the blocks of a message; none when nothing is known of it. Pure. */
final class ChangeBlocks {
    private static final int SUMMARY = 400;
    private static final int VALUES = 1500;
    private static final int FINDINGS = 1200;
    private static final int OBJECTS = 1200;
    private static final int EXCERPT = 2000;
    private static final int LINE = 200;

    private final List<Evidence> shown;

    /**
     * @param shown as {@link Difference#evidence} makes it, among others
     */
    ChangeBlocks(List<Evidence> shown) {
        this.shown = shown;
    }

    void addTo(Blocks blocks) {
        all(Difference.CHANGES).forEach(one -> blocks.section("*What changes*\n" + Mrkdwn.code(one.detail(), SUMMARY)));
        list(blocks, "⚠ *Look twice*", Difference.LOOK_TWICE, FINDINGS);
        list(blocks, "*Values*", Difference.VALUE, VALUES);
        list(blocks, "*Objects*", Difference.OBJECT, OBJECTS);
        all(Difference.EXCERPT).forEach(one -> blocks.section(Mrkdwn.box(one.detail(), EXCERPT)));
        all(Difference.DIFF)
                .forEach(one -> blocks.context(
                        one.link().isEmpty()
                                ? Mrkdwn.plain(one.detail(), SUMMARY)
                                : "All of it: " + Mrkdwn.code(one.link()) + " · " + Mrkdwn.code(one.detail())));
    }

    /** In code style, in which nothing is bold, a link or a list. */
    private void list(Blocks blocks, String title, String name, int most) {
        List<Evidence> entries = all(name);
        StringBuilder text = new StringBuilder(title);
        for (int i = 0; i < entries.size(); i++) {
            String line = "\n• " + Mrkdwn.code(entries.get(i).detail(), LINE);
            if (text.length() + line.length() > most) {
                text.append("\n… ").append(entries.size() - i).append(" more");
                break;
            }
            text.append(line);
        }
        if (!entries.isEmpty()) {
            blocks.section(text.toString());
        }
    }

    private List<Evidence> all(String name) {
        return shown.stream().filter(one -> one.name().equals(name)).toList();
    }
}
