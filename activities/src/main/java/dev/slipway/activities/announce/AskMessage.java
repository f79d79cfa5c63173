package dev.slipway.activities.announce;

import dev.slipway.model.Digests;
import dev.slipway.model.ReleaseView;
import dev.slipway.slack.Mrkdwn;
import dev.slipway.workflows.api.Ask;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The message that asks for an approval: what exactly is asked, what changes, what speaks for it, how long the way back takes,
 * who may answer, and the buttons as long as an answer counts. Pure.
 */
final class AskMessage {
    private static final int EVIDENCE = 2000;
    private static final int LINE = 300;
    private static final int REASON = 600;

    private AskMessage() {}

    /**
     * @param asked the details of the fact that asked
     * @param votes how the votes stand
     */
    static Message open(ReleaseView view, Map<String, String> asked, String votes) {
        Ask ask = new Ask(
                view.release(),
                view.attempt(),
                asked.getOrDefault("gate", ""),
                view.digests().fingerprint());
        Blocks blocks = body(view, asked).section(votes(votes));
        blocks.decision("decide", ask.text());
        return new Message("✋ " + title(view, asked) + ": approve or reject?", blocks.json());
    }

    /**
     * @param how it ended, in words
     */
    static Message closed(ReleaseView view, Map<String, String> asked, String how) {
        String words = "◼ closed: " + Mrkdwn.plain(how, REASON);
        return new Message(
                title(view, asked) + " " + words,
                body(view, asked).section(words).json());
    }

    private static Blocks body(ReleaseView view, Map<String, String> asked) {
        Digests digests = view.digests();
        Blocks blocks = new Blocks()
                .section("✋ *" + title(view, asked) + "*\nattempt " + view.attempt() + ", "
                        + Mrkdwn.plain(view.origin(), 400))
                .section("image " + Mrkdwn.code(digests.image().value()) + "\nchart "
                        + Mrkdwn.code(digests.chart().value()) + "\nvalues "
                        + Mrkdwn.code(digests.values().value()) + "\npipeline "
                        + Mrkdwn.code(digests.pipeline().value()) + "\nfingerprint "
                        + Mrkdwn.code(digests.fingerprint().value()));
        new ChangeBlocks(view.onTheTable(asked.getOrDefault("gate", ""))).addTo(blocks);
        String evidence = view.seenSoFar().stream()
                .map(line -> "• " + Mrkdwn.plain(line, LINE))
                .collect(Collectors.joining("\n"));
        if (!evidence.isEmpty()) {
            blocks.section(Mrkdwn.cut("*What was seen so far*\n" + evidence, EVIDENCE));
        }
        if (asked.containsKey("undo")) {
            blocks.section("*Undo*\n" + Mrkdwn.plain(asked.getOrDefault("undo", ""), REASON));
        }
        return blocks.context(who(view, asked));
    }

    private static String title(ReleaseView view, Map<String, String> asked) {
        return Mrkdwn.plain(view.release() + " at " + asked.getOrDefault("gate", "?"), 300);
    }

    private static String who(ReleaseView view, Map<String, String> asked) {
        String until = asked.getOrDefault("expires", "");
        return "Members of " + Mrkdwn.code(asked.getOrDefault("group", "?"), 100) + " may decide, "
                + Mrkdwn.plain(asked.getOrDefault("votes", "?")) + " needed; whoever requested "
                + (view.authors().none() ? "it" : "or wrote it") + " may not"
                + (until.isEmpty() ? "" : " · open until " + Mrkdwn.plain(until));
    }

    private static String votes(String votes) {
        return votes.isEmpty() ? "Nobody has decided yet." : Mrkdwn.plain(votes, REASON);
    }
}
