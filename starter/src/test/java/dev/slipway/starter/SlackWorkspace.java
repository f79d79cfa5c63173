package dev.slipway.starter;

import dev.slipway.model.Digest;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.Ask;
import dev.slipway.workflows.testing.slack.Call;
import dev.slipway.workflows.testing.slack.FakeSlack;
import dev.slipway.workflows.testing.slack.SignedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** People in Slack who click, hand in modals, and type commands. */
final class SlackWorkspace {
    static final String SECRET = "a signing secret";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** A slow machine is no reason for a test to hang up, as Slack would after 3 s. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A click of the same person in the same second has the same bytes otherwise, and counts as replayed. */
    private int said;

    private final FakeSlack slack;
    private final Installation slipway;

    SlackWorkspace(FakeSlack slack, Installation slipway) {
        this.slack = slack;
        this.slipway = slipway;
    }

    /** U1 and U2 may decide, U3 may by a user group, U4 is of another group, U5 requests; U9 is nobody. Nobody hangs up. */
    static String[] settings(Path folder, FakeSlack slack) {
        return settings(folder, slack, Duration.ofMinutes(1));
    }

    static String[] settings(Path folder, FakeSlack slack, Duration answerWithin) {
        try {
            Path secret = Files.writeString(folder.resolve("signing-secret"), SECRET + "\n");
            Path token = Files.writeString(folder.resolve("bot-token"), FakeSlack.TOKEN + "\n");
            return new String[] {
                "--slipway.slack.signing-secret-file=" + secret,
                "--slipway.slack.bot-token-file=" + token,
                "--slipway.slack.api-url=" + slack.api(),
                "--slipway.slack.answer-within=" + answerWithin,
                "--slipway.slack.team=" + FakeSlack.TEAM,
                "--slipway.tell.sinks=cdevents",
                "--slipway.slack.channel=C0ALL",
                "--slipway.slack.channels.special=C0SPECIAL",
                "--slipway.slack.people[0].user=U1",
                "--slipway.slack.people[0].subject=ann",
                "--slipway.slack.people[0].groups=deployers",
                "--slipway.slack.people[1].user=U2",
                "--slipway.slack.people[1].subject=bob",
                "--slipway.slack.people[1].groups=deployers",
                "--slipway.slack.people[2].user=U3",
                "--slipway.slack.people[2].subject=cid",
                "--slipway.slack.people[3].user=U4",
                "--slipway.slack.people[3].subject=dan",
                "--slipway.slack.people[3].groups=others",
                "--slipway.slack.people[4].user=U5",
                "--slipway.slack.people[4].subject=approver-1",
                "--slipway.slack.people[4].groups=deployers",
                "--slipway.slack.user-groups[0].id=S1",
                "--slipway.slack.user-groups[0].group=deployers"
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same by Socket Mode. */
    static String[] socketSettings(Path folder, FakeSlack slack) {
        try {
            Path token = Files.writeString(folder.resolve("app-token"), FakeSlack.APP_TOKEN + "\n");
            return Stream.of(settings(folder, slack))
                    .map(one -> one.startsWith("--slipway.slack.signing-secret-file")
                            ? "--slipway.slack.app-token-file=" + token
                            : one)
                    .toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String button(String release, int attempt, String gate, Digest fingerprint) {
        return new Ask(ReleaseId.parse(release), attempt, gate, fingerprint).text();
    }

    /** A click on Approve or Reject. */
    SignedRequest click(String team, String user, String action, String value) {
        return signed(clicked(team, user, action, value));
    }

    /** What a click is, whichever way it comes. */
    ObjectNode clicked(String team, String user, String action, String value) {
        ObjectNode payload = JSON.createObjectNode().put("type", "block_actions");
        sender(payload, team, user);
        payload.put("trigger_id", "trigger " + ++said).put("response_url", slack.responseUrl());
        payload.putArray("actions").addObject().put("action_id", action).put("value", value);
        return payload;
    }

    /** The modal that was opened last, handed in by the user. */
    SignedRequest submit(String user, String reason) {
        return submit(user, memo(), reason);
    }

    /** Of the modal that was opened last. */
    String memo() {
        Call opened = slack.calls("views.open").get(slack.calls("views.open").size() - 1);
        return opened.arguments().path("view").path("private_metadata").asText();
    }

    SignedRequest submit(String user, String memo, String reason) {
        return signed(submitted(user, memo, reason));
    }

    /** What a modal that is handed in is, whichever way it comes. */
    ObjectNode submitted(String user, String memo, String reason) {
        ObjectNode payload =
                JSON.createObjectNode().put("type", "view_submission").put("said", ++said);
        sender(payload, FakeSlack.TEAM, user);
        ObjectNode view = payload.putObject("view").put("callback_id", "release.decide");
        view.put("id", "V" + Integer.toHexString((user + memo).hashCode()));
        view.put("private_metadata", memo);
        view.putObject("state")
                .putObject("values")
                .putObject("reason")
                .putObject("reason")
                .put("value", reason);
        return payload;
    }

    SignedRequest command(String user, String text) {
        String body = "team_id=" + FakeSlack.TEAM + "&user_id=" + user + "&command=%2Frelease&said=" + ++said + "&text="
                + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&response_url="
                + URLEncoder.encode(slack.responseUrl(), StandardCharsets.UTF_8);
        return SignedRequest.of(body, Instant.now().getEpochSecond(), SECRET);
    }

    HttpResponse<String> send(SignedRequest request) {
        return request.send(slipway.address("/slack/events"), PATIENCE);
    }

    /** What the person who sent it is told: in the answer, or beside it. */
    String told(SignedRequest request) {
        int before = slack.calls("response_url").size();
        String answer = answer(request);
        if (!answer.isEmpty()) {
            JsonNode words = JSON.readTree(answer);
            return words.path("text")
                    .asString(words.path("errors").path("reason").asString(""));
        }
        return slack.await("response_url", before + 1)
                .get(before)
                .arguments()
                .path("text")
                .asText();
    }

    /** What Slack is answered at once; empty closes a modal. */
    String answer(SignedRequest request) {
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** Clicks, and waits for the modal. */
    com.fasterxml.jackson.databind.JsonNode opened(String user, String action, String value) {
        int before = slack.calls("views.open").size();
        String unused = answer(click(FakeSlack.TEAM, user, action, value));
        return slack.await("views.open", before + 1).get(before).arguments().path("view");
    }

    private static void sender(ObjectNode payload, String team, String user) {
        payload.putObject("team").put("id", team);
        payload.putObject("user").put("id", user).put("team_id", team);
    }

    private static SignedRequest signed(ObjectNode payload) {
        return SignedRequest.interaction(payload.toString(), Instant.now().getEpochSecond(), SECRET);
    }
}
