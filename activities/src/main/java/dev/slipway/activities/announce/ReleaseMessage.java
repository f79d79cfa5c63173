package dev.slipway.activities.announce;

import dev.slipway.model.Digest;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.UndoView;
import dev.slipway.slack.Mrkdwn;
import java.util.List;
import java.util.stream.Collectors;

/** The one message of a release: where it is, environment by environment. Pure. */
final class ReleaseMessage {
    private static final int REASON = 300;
    private static final int STAGES = 20;
    private static final int SHORT = 19;

    private ReleaseMessage() {}

    static Message of(ReleaseView view) {
        Blocks blocks =
                new Blocks().header(view.service() + " " + view.version()).section(headline(view));
        view.stages().stream().limit(STAGES).forEach(stage -> blocks.section(line(stage)));
        if (view.stages().size() > STAGES) {
            blocks.context((view.stages().size() - STAGES) + " more environments; slipway get shows all");
        }
        blocks.context("attempt " + view.attempt() + ", " + Mrkdwn.plain(view.origin(), 400)
                + " · image " + brief(view.digests().image()) + " · fingerprint "
                + brief(view.digests().fingerprint()));
        return new Message(
                Mrkdwn.plain(view.release().toString()) + ": " + Sign.of(word(view)) + " " + word(view) + why(view),
                blocks.json());
    }

    /** Enough of a digest to compare with the eye; whoever decides is shown all of it. */
    static String brief(Digest digest) {
        return Mrkdwn.code(digest.value().substring(0, SHORT));
    }

    private static String headline(ReleaseView view) {
        return Sign.of(word(view)) + " *" + word(view) + "*" + why(view);
    }

    private static String word(ReleaseView view) {
        return view.outcome() == null ? view.phase().name() : view.outcome();
    }

    private static String why(ReleaseView view) {
        String waits = view.waitingFor().isEmpty() ? "" : ", waits for " + Mrkdwn.code(view.waitingFor());
        return waits + (view.reason().isEmpty() ? "" : ": " + Mrkdwn.plain(view.reason(), REASON));
    }

    private static String line(StageView stage) {
        String word = stage.outcome() == null ? stage.state() : stage.outcome();
        String traffic = stage.want() > 0 && stage.outcome() == null
                ? " · traffic " + stage.want() + "% (read back " + stage.actual() + "%)"
                : "";
        String reason = stage.reason().isEmpty() ? "" : "\n" + Mrkdwn.plain(stage.reason(), REASON);
        return Sign.of(word) + " *" + Mrkdwn.plain(stage.environment().value()) + "* " + word + traffic + reason
                + undo(stage.undo());
    }

    private static String undo(List<UndoView> undo) {
        List<UndoView> begun =
                undo.stream().filter(entry -> entry.startedAt() != null).toList();
        return begun.isEmpty()
                ? ""
                : "\nput back: "
                        + begun.stream()
                                .map(entry -> entry.resource() + " " + entry.state())
                                .map(Mrkdwn::plain)
                                .collect(Collectors.joining(", "));
    }
}
