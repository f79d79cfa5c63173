package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.workflows.testing.Scenario;
import dev.slipway.workflows.testing.slack.FakeSlack;
import dev.slipway.workflows.testing.slack.Sockets;
import dev.slipway.workflows.testing.slack.Trouble;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What people do in Slack, when it comes over the connection that the starter has opened. */
class SocketModeTest {
    @TempDir
    static Path folder;

    private static FakeSlack slack;
    private static Sockets sockets;
    private static Installation slipway;
    private static SlackWorkspace people;
    private static Api ci;

    @BeforeAll
    static void install() {
        slack = new FakeSlack(0).user("U1").user("U2").user("U4").userGroup("S1");
        sockets = slack.sockets();
        slipway = Installation.wholeWith(
                folder,
                Stream.concat(
                                Stream.of(SlackWorkspace.socketSettings(folder, slack)),
                                Stream.of("--slipway.slack.sockets-expected=1"))
                        .toArray(String[]::new));
        people = new SlackWorkspace(slack, slipway);
        ci = slipway.as("ci");
    }

    @AfterAll
    static void remove() throws Exception {
        slipway.close();
        slack.close();
    }

    @BeforeEach
    void isOpen() {
        awaitOpen();
    }

    private static void awaitOpen() {
        Scenario.awaitThat("the socket is open", () -> socket().isOpen());
    }

    private static SlackSocket socket() {
        return slipway.starter.getBean(SlackSocket.class);
    }

    /** Starts a version and waits until its approval is open; the value of its buttons. */
    private static String open(String service) {
        ci.start(
                Installation.bundle(folder, service, "", text -> text.replace("votes: 1", "votes: 2")),
                Api.request("1.0.0"));
        ci.awaitPhase(service + "@1.0.0", "WAITING");
        return SlackTest.button(ci, service);
    }

    private static JsonNode acknowledged(String type, ObjectNode payload) {
        return sockets.acknowledged(sockets.send(type, payload.toString()), 1).get(0);
    }

    /** Clicks, and waits for the modal. */
    private static void click(String user, String button) {
        int before = slack.calls("views.open").size();
        JsonNode answer = acknowledged("interactive", people.clicked(FakeSlack.TEAM, user, "release.approve", button));
        assertThat(answer.isMissingNode()).isTrue();
        assertThat(slack.await("views.open", before + 1)).hasSize(before + 1);
    }

    private static JsonNode submit(String user) {
        return acknowledged("interactive", people.submitted(user, people.memo(), "seen"));
    }

    private static JsonNode command(String user, String text) {
        return acknowledged(
                "slash_commands",
                JsonMapper.builder()
                        .build()
                        .createObjectNode()
                        .put("team_id", FakeSlack.TEAM)
                        .put("user_id", user)
                        .put("command", "/release")
                        .put("text", text)
                        .put("response_url", slack.responseUrl()));
    }

    private static double meter(String name) {
        String all = new String(ci.get("/actuator/prometheus").raw().body(), StandardCharsets.UTF_8);
        return all.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void aClickThroughTheSocketOpensAModalAndTheModalPromotes() {
        String button = open("clicked");

        click("U1", button);
        assertThat(submit("U1").isMissingNode()).as("the modal closes").isTrue();
        click("U2", button);
        assertThat(submit("U2").isMissingNode()).isTrue();

        assertThat(ci.awaitPhase("clicked@1.0.0", "DONE").path("outcome").asString())
                .isEqualTo("PROMOTED");
    }

    @Test
    void theSameEnvelopeTwiceVotesOnce() {
        click("U1", open("doubled"));
        int before = slack.calls("users.info").size();
        String modal = people.submitted("U1", people.memo(), "once").toString();

        String id = sockets.send("interactive", modal);
        sockets.send("interactive", id, modal);

        assertThat(sockets.acknowledged(id, 2)).allMatch(JsonNode::isMissingNode);
        sockets.send("interactive", id, modal);
        assertThat(sockets.acknowledged(id, 3)).allMatch(JsonNode::isMissingNode);
        assertThat(slack.calls("users.info")).as("it was decided once").hasSize(before + 1);
        assertThat(command("U2", "approve doubled@1.0.0").path("text").asText()).startsWith("2 of 2 approvals");
    }

    @Test
    void aModalThatIsNotTakenSaysSoInItsAcknowledgement() {
        click("U4", open("guarded"));

        JsonNode answer = submit("U4");

        assertThat(answer.path("response_action").asText()).isEqualTo("errors");
        assertThat(answer.path("errors").path("reason").asText()).startsWith("dan is not in deployers");
    }

    @Test
    void theCommandIsHeardByTheSameRules() {
        String unused = open("typed");

        assertThat(command("U1", "status typed@1.0.0").path("text").asText()).startsWith("typed@1.0.0 is WAITING");
        assertThat(command("U4", "abort typed@1.0.0 please").path("text").asText())
                .isEqualTo("dan may not abort typed in production");
        assertThat(command("U9", "status typed@1.0.0").path("text").asText()).contains("U9 is not known here");
    }

    @Test
    void aModalThatMakesNoSenseStaysOpenAndWhateverElseComesIsAcknowledged() {
        JsonNode answer = acknowledged("interactive", people.submitted("U1", "no memo", ""));

        assertThat(answer.path("response_action").asText()).isEqualTo("errors");
        assertThat(acknowledged("events_api", JsonMapper.builder().build().createObjectNode())
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void aLostSocketIsOpenedAnew() {
        int before = sockets.opened();
        double lost = meter("slipway_slack_socket_lost_total");

        sockets.cut();

        sockets.awaitOpened(before + 1);
        awaitOpen();
        assertThat(meter("slipway_slack_socket_lost_total")).isEqualTo(lost + 1);
        assertThat(meter("slipway_slack_socket_open")).isEqualTo(1);
        assertThat(command("U1", "what").path("text").asText()).contains("/release status");
    }

    @Test
    void aNewSocketIsOpenedWhenSlackAsksForOne() {
        int before = sockets.opened();

        sockets.disconnect("refresh_requested");

        sockets.awaitOpened(before + 1);
        assertThat(command("U1", "what").path("text").asText()).contains("/release status");
    }

    private static void renew() {
        int before = sockets.opened();
        sockets.disconnect("refresh_requested");
        sockets.awaitOpened(before + 1);
        Scenario.awaitThat("its greeting is heard", () -> meter("slipway_slack_sockets") == sockets.said());
        awaitOpen();
    }

    @Test
    void aSocketThatSomebodyElseHasOpenIsSeen() {
        SlackSockets count = slipway.starter.getBean(SlackSockets.class);
        try (Lines lines = new Lines(SlackSockets.class)) {
            // ours that were closed must not pass for open, or so many of them would hide the others
            for (int i = 0; i < 12; i++) {
                renew();
            }
            sockets.others(8);
            renew();
            assertThat(meter("slipway_slack_sockets")).isGreaterThanOrEqualTo(9);
            assertThat(lines.all()).isEmpty();

            count.hello(10, Instant.now().plus(Duration.ofHours(1)));
            count.closed();

            assertThat(lines.all()).singleElement().asString().startsWith("WARN Slack has 10 sockets of this app open");
        } finally {
            sockets.others(0);
        }
    }

    /** The library's own monitor ends here. */
    @Test
    void whenSlackRefusesASocketItIsAskedAgain() {
        SlackSocketHealth health = slipway.starter.getBean(SlackSocketHealth.class);
        int before = sockets.opened();
        slack.next("apps.connections.open", new Trouble.No("link_disabled"))
                .next("apps.connections.open", new Trouble.No("link_disabled"));

        sockets.disconnect("link_disabled");
        sockets.cut();

        Scenario.awaitThat("it is said", () -> socket().missing().contains("link_disabled"));
        assertThat(health.health().getStatus().getCode())
                .as("without Slack everything goes on")
                .isEqualTo("UNKNOWN");
        sockets.awaitOpened(before + 1);
        awaitOpen();
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
    }

    @Test
    void thereIsNoOtherWayIn() {
        assertThat(people.send(people.command("U1", "status typed@1.0.0")).statusCode())
                .isEqualTo(401);
    }
}
