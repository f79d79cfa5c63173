package dev.slipway.starter;

import dev.slipway.model.Digests;
import dev.slipway.model.ReleaseView;
import dev.slipway.slack.Mrkdwn;
import dev.slipway.workflows.api.Ask;
import dev.slipway.workflows.api.Decision;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What somebody sees before their word is signed: what exactly, where, and room for a reason. Pure. */
final class SlackModal {
    static final String ID = "release.decide";
    private static final int LONGEST_REASON = 1000;
    private static final int LONGEST_ORIGIN = 400;
    private static final int LONGEST_ERROR = 500;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SlackModal() {}

    /**
     * What a modal brings back when it is handed in.
     *
     * @param responseUrl where its sender is told of the outcome
     */
    record Memo(String ask, Decision.Choice choice, String responseUrl) {}

    /**
     * @param seen empty when nobody could show it in time: the fingerprint stands for all of it
     */
    static ObjectNode of(Ask ask, Decision.Choice choice, Optional<ReleaseView> seen, String memo) {
        boolean yes = choice == Decision.Choice.APPROVE;
        ObjectNode view = JSON.objectNode().put("type", "modal").put("callback_id", ID);
        view.put("private_metadata", memo);
        view.set("title", plain(yes ? "Approve a release" : "Reject a release"));
        view.set("submit", plain(yes ? "Approve" : "Reject"));
        view.set("close", plain("Cancel"));
        ArrayNode blocks = view.putArray("blocks");
        blocks.add(section("*" + Mrkdwn.inline(ask.release().toString()) + "* at `" + Mrkdwn.inline(ask.gate())
                + "`, attempt " + ask.attempt()));
        blocks.add(section(seen.map(ReleaseView::digests)
                        .map(SlackModal::all)
                        .orElse("No worker says the digests now; your word is for these alone:")
                + "\nfingerprint `"
                + ask.fingerprint() + "`"));
        seen.ifPresent(shown -> blocks.add(
                section(Mrkdwn.plain(shown.origin(), LONGEST_ORIGIN) + "; who requested or wrote it may not decide")));
        seen.ifPresent(shown -> SlackProposal.sections(shown, ask).forEach(text -> blocks.add(section(text))));
        blocks.add(reason(yes));
        return view;
    }

    private static String all(Digests digests) {
        return "image `" + digests.image() + "`\nchart `" + digests.chart() + "`\nvalues `" + digests.values()
                + "`\npipeline `" + digests.pipeline() + "`";
    }

    private static ObjectNode reason(boolean optional) {
        ObjectNode input = JSON.objectNode().put("type", "input").put("block_id", "reason");
        input.put("optional", optional);
        input.set("label", plain("Reason"));
        ObjectNode element = input.putObject("element");
        element.put("type", "plain_text_input").put("action_id", "reason").put("multiline", true);
        element.put("max_length", LONGEST_REASON);
        return input;
    }

    /** What Slack shows in a modal that was handed in and stays open, so that it can be handed in again. */
    static ObjectNode notTaken(String why) {
        ObjectNode answer = JSON.objectNode().put("response_action", "errors");
        String words = SafeText.line(why);
        String shown = words.length() > LONGEST_ERROR ? words.substring(0, LONGEST_ERROR - 1) + "…" : words;
        answer.putObject("errors").put("reason", shown);
        return answer;
    }

    /** Which one is handed in; the same however often it is. */
    static String name(JsonNode view) {
        return "slack-" + view.path("id").asString("");
    }

    /** The reason that was written in one that is handed in. */
    static String reason(JsonNode view) {
        return view.path("state")
                .path("values")
                .path("reason")
                .path("reason")
                .path("value")
                .asString("");
    }

    private static ObjectNode section(String mrkdwn) {
        ObjectNode section = JSON.objectNode().put("type", "section");
        section.putObject("text").put("type", "mrkdwn").put("text", mrkdwn);
        return section;
    }

    private static ObjectNode plain(String text) {
        return JSON.objectNode().put("type", "plain_text").put("text", text);
    }
}
