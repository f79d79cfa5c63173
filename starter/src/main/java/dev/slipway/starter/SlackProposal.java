package dev.slipway.starter;

import dev.slipway.model.Difference;
import dev.slipway.model.Evidence;
import dev.slipway.model.ReleaseView;
import dev.slipway.slack.Mrkdwn;
import dev.slipway.workflows.api.Ask;
import java.util.ArrayList;
import java.util.List;

/** What is on the table, as sections of a modal: what changes, what was seen, how long the way back takes. Pure. */
final class SlackProposal {
    private static final int MOST = 1500;
    private static final int SUMMARY = 400;
    private static final int LINE = 200;

    private final List<Evidence> shown;
    private final List<String> seen;

    private SlackProposal(List<Evidence> shown, List<String> seen) {
        this.shown = shown;
        this.seen = seen;
    }

    /** What the release's view says of the gate's step; none when it says nothing. */
    static List<String> sections(ReleaseView view, Ask ask) {
        return new SlackProposal(view.onTheTable(ask.gate()), view.seenSoFar()).sections();
    }

    private List<String> sections() {
        List<String> sections = new ArrayList<>();
        plain(sections, "*What changes*", Difference.CHANGES);
        list(sections, "⚠ *Look twice*", details(Difference.LOOK_TWICE));
        list(sections, "*Values*", details(Difference.VALUE));
        list(sections, "*Objects*", details(Difference.OBJECT));
        list(sections, "*What was seen so far*", seen);
        plain(sections, "*Undo*", "undo");
        all(Difference.DIFF)
                .forEach(one -> sections.add(
                        one.link().isEmpty()
                                ? cut(one.detail(), SUMMARY)
                                : "All of it: `" + cut(one.link(), SUMMARY) + "`\n`" + cut(one.detail(), SUMMARY)
                                        + "`"));
        return sections;
    }

    private List<String> details(String name) {
        return all(name).stream().map(Evidence::detail).toList();
    }

    private void plain(List<String> sections, String title, String name) {
        all(name).forEach(one -> sections.add(title + "\n`" + cut(one.detail(), MOST) + "`"));
    }

    private static void list(List<String> sections, String title, List<String> entries) {
        StringBuilder text = new StringBuilder(title);
        for (int i = 0; i < entries.size(); i++) {
            String line = "\n• `" + cut(entries.get(i), LINE) + "`";
            if (text.length() + line.length() > MOST) {
                text.append("\n… ").append(entries.size() - i).append(" more");
                break;
            }
            text.append(line);
        }
        if (!entries.isEmpty()) {
            sections.add(text.toString());
        }
    }

    private static String cut(String text, int most) {
        return Mrkdwn.cut(Mrkdwn.inline(text), most, "…");
    }

    private List<Evidence> all(String name) {
        return shown.stream().filter(one -> one.name().equals(name)).toList();
    }
}
