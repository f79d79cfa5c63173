package dev.slipway.workflows.testing.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The people of a workspace: what Slack sends to the app when they click and hand in, and what it is answered. */
final class Users {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String APP = "A0FAKE";

    private final FakeSlack slack;
    private final URI app;
    private final String secret;
    private final List<SignedRequest> sent = new ArrayList<>();

    /**
     * @param app where the app hears Slack
     * @param secret the app's signing secret
     */
    Users(FakeSlack slack, URI app, String secret) {
        this.slack = slack;
        this.app = app;
        this.secret = secret;
    }

    /**
     * What a request was answered.
     *
     * @param request its number, for sending its bytes again
     * @param status 0 when there was no answer within 3 s
     * @param at when it was sent, in milliseconds since 1970
     */
    record Answer(int request, int status, long at, long millis, String body) {}

    /** A click on a button of a message. */
    Answer click(String user, String channel, String ts, String action, String value) {
        ObjectNode payload = payload("block_actions", user);
        payload.put("trigger_id", slack.modals().trigger(user));
        payload.put("response_url", slack.responseUrl());
        payload.putObject("container")
                .put("type", "message")
                .put("message_ts", ts)
                .put("channel_id", channel)
                .put("is_ephemeral", false);
        payload.putObject("channel").put("id", channel).put("name", "releases");
        slack.message(channel, ts).ifPresent(message -> payload.set("message", message));
        payload.putObject("state").putObject("values");
        ObjectNode clicked = payload.putArray("actions").addObject();
        clicked.put("type", "button").put("action_id", action).put("block_id", "decide");
        clicked.put("value", value).put("action_ts", ts());
        clicked.putObject("text").put("type", "plain_text").put("text", action).put("emoji", true);
        return send(signed(payload));
    }

    /** The modal that the user sees is handed in; it closes when the app says nothing else. */
    Answer submit(String user, JsonNode view, String reason) {
        ObjectNode payload = payload("view_submission", user);
        ObjectNode handed = view.deepCopy();
        payload.put("trigger_id", slack.modals().trigger(user));
        handed.put("team_id", FakeSlack.TEAM).put("app_id", APP).put("hash", ts());
        ObjectNode state = handed.putObject("state").putObject("values").putObject("reason");
        state.putObject("reason").put("type", "plain_text_input").put("value", reason.isEmpty() ? null : reason);
        payload.set("view", handed);
        payload.putArray("response_urls");
        Answer answer = send(signed(payload));
        if (answer.status() == 200 && !answer.body().contains("response_action")) {
            slack.modals().close(user);
        }
        return answer;
    }

    /** The same bytes once more. */
    Answer resend(int request) {
        return send(earlier(request));
    }

    /** The same words as of now, signed by somebody who does not know the secret. */
    Answer forge(int request) {
        return send(SignedRequest.of(earlier(request).body(), Instant.now().getEpochSecond(), "not " + secret));
    }

    private synchronized SignedRequest earlier(int request) {
        return sent.get(request);
    }

    private Answer send(SignedRequest request) {
        int number;
        synchronized (this) {
            sent.add(request);
            number = sent.size() - 1;
        }
        long at = System.currentTimeMillis();
        long begun = System.nanoTime();
        try {
            HttpResponse<String> answer = request.send(app, SignedRequest.SLACKS_PATIENCE);
            return new Answer(number, answer.statusCode(), at, millis(begun), answer.body());
        } catch (AssertionError unanswered) {
            return new Answer(number, 0, at, millis(begun), String.valueOf(unanswered.getMessage()));
        }
    }

    private static long millis(long begun) {
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private SignedRequest signed(JsonNode payload) {
        return SignedRequest.interaction(payload.toString(), Instant.now().getEpochSecond(), secret);
    }

    private static ObjectNode payload(String type, String user) {
        ObjectNode payload = JSON.objectNode().put("type", type);
        payload.putObject("team").put("id", FakeSlack.TEAM).put("domain", "fake");
        payload.putObject("user")
                .put("id", user)
                .put("username", user)
                .put("name", user)
                .put("team_id", FakeSlack.TEAM);
        return payload.put("api_app_id", APP).put("token", "deprecated").put("is_enterprise_install", false);
    }

    private static String ts() {
        Instant now = Instant.now();
        return now.getEpochSecond() + "." + String.format("%06d", now.getNano() / 1000);
    }
}
