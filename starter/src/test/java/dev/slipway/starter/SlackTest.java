package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.model.Digest;
import dev.slipway.workflows.testing.Scenario;
import dev.slipway.workflows.testing.slack.BlockLimits;
import dev.slipway.workflows.testing.slack.FakeSlack;
import dev.slipway.workflows.testing.slack.SignedRequest;
import dev.slipway.workflows.testing.slack.Trouble;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackTest {
    private static final String GATE = "production/approve";

    @TempDir
    static Path folder;

    private static FakeSlack slack;
    private static Installation slipway;
    private static SlackWorkspace people;
    private static Api ci;

    @BeforeAll
    static void install() {
        slack = new FakeSlack(0)
                .user("U1")
                .user("U2")
                .user("U3")
                .user("U4")
                .user("U5")
                .userGroup("S1", "U3");
        slipway = Installation.wholeWith(folder, SlackWorkspace.settings(folder, slack));
        people = new SlackWorkspace(slack, slipway);
        ci = slipway.as("ci");
    }

    @AfterAll
    static void remove() throws Exception {
        slipway.close();
        slack.close();
    }

    /** Starts a version and waits until its approval is open; the value of its buttons. */
    private static String open(Api by, String service) {
        by.start(Installation.bundle(folder, service, ""), Api.request("1.0.0"));
        by.awaitPhase(service + "@1.0.0", "WAITING");
        return button(ci, service);
    }

    /** The value of the buttons that ask about its production. */
    static String button(Api by, String service) {
        return SlackWorkspace.button(service + "@1.0.0", 1, GATE, fingerprint(by, service));
    }

    private static Digest fingerprint(String service) {
        return fingerprint(ci, service);
    }

    private static Digest fingerprint(Api by, String service) {
        var digests = by.get("/api/v1/releases/" + service + "@1.0.0").body().path("digests");
        return new dev.slipway.model.Digests(
                        new Digest(digests.path("chart").asString()),
                        new Digest(digests.path("image").asString()),
                        new Digest(digests.path("values").asString()),
                        new Digest(digests.path("pipeline").asString()))
                .fingerprint();
    }

    private static String votes(String service) {
        return ci.get("/api/v1/releases/" + service + "@1.0.0")
                .body()
                .path("phase")
                .asString();
    }

    @Test
    void aClickOpensAModalAndTheModalPromotes() {
        String button = open(ci, "clicked");

        JsonNode modal = people.opened("U1", "release.approve", button);

        assertThat(BlockLimits.ofModal(modal)).isEmpty();
        assertThat(modal.toString())
                .contains(
                        "clicked@1.0.0",
                        GATE,
                        fingerprint("clicked").value(),
                        Api.image("image 1.0.0").value());
        assertThat(votes("clicked")).isEqualTo("WAITING");
        assertThat(people.told(people.submit("U1", "seen"))).isEqualTo("1 of 1 approvals from deployers (ann)");
        assertThat(ci.awaitPhase("clicked@1.0.0", "DONE").path("outcome").asString())
                .isEqualTo("PROMOTED");
        assertThat(people.told(people.submit("U2", "late"))).contains("clicked@1.0.0 has ended (PROMOTED)");
    }

    @Test
    void aModalClosesWhenItsVoteIsInTheHistory() {
        String button = open(ci, "closed");
        JsonNode unused = people.opened("U1", "release.approve", button);

        assertThat(people.answer(people.submit("U1", ""))).isEmpty();

        assertThat(votes("closed")).isNotEqualTo("WAITING");
    }

    @Test
    void aModalThatIsHandedInTwiceVotesOnce() {
        ci.start(
                Installation.bundle(folder, "pressed", "", text -> text.replace("votes: 1", "votes: 2")),
                Api.request("1.0.0"));
        ci.awaitPhase("pressed@1.0.0", "WAITING");
        JsonNode unused = people.opened("U1", "release.approve", button(ci, "pressed"));

        assertThat(people.told(people.submit("U1", ""))).isEqualTo("1 of 2 approvals from deployers (ann)");
        assertThat(people.told(people.submit("U1", "once more"))).isEqualTo("1 of 2 approvals from deployers (ann)");
        JsonNode another = people.opened("U1", "release.reject", button(ci, "pressed"));
        assertThat(people.told(people.submit("U1", "I mean no"))).contains("ann has voted", "already");
        assertThat(votes("pressed")).isEqualTo("WAITING");
    }

    @Test
    void whatIsTurnedAwayIsOnRecord() {
        String button = open(ci, "recorded");
        String old = SlackWorkspace.button("recorded@1.0.0", 7, GATE, fingerprint("recorded"));
        String unused = people.told(people.click(FakeSlack.TEAM, "U1", "release.approve", old));
        unused = people.told(people.click(FakeSlack.TEAM, "U9", "release.approve", button));
        JsonNode modal = people.opened("U4", "release.approve", button);
        SignedRequest stranger = people.submit("U4", "");
        unused = people.told(stranger);
        assertThat(people.send(stranger).statusCode()).isEqualTo(401);

        ci.await("recorded@1.0.0", view -> denied("recorded").size() == 4);
        assertThat(denied("recorded"))
                .satisfiesExactlyInAnyOrder(
                        what -> assertThat(what).contains("a vote of ann", "this button is of attempt 7"),
                        what -> assertThat(what).contains("Slack's user U9"),
                        what -> assertThat(what).contains("dan is not in deployers"),
                        what -> assertThat(what).contains("dan", "a copy of a modal that was heard before"));
        assertThat(metric("slipway_votes_denied_total")).isGreaterThanOrEqualTo(4);
        assertThat(metric("slipway_slack_unheard_total{why=\"replayed\"}")).isPositive();
    }

    private static java.util.List<String> denied(String service) {
        return slipway.records.of(service + "@1.0.0", dev.slipway.model.Fact.Kind.DENIED);
    }

    private static double metric(String name) {
        String all = new String(ci.get("/actuator/prometheus").raw().body(), StandardCharsets.UTF_8);
        return all.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void aRejectionBringsItsReason() {
        String button = open(ci, "declined");
        people.opened("U2", "release.reject", button);

        assertThat(people.told(people.submit("U2", "no <!here> backup"))).isEqualTo("rejected");

        var done = ci.awaitPhase("declined@1.0.0", "DONE");
        assertThat(done.path("outcome").asString()).isEqualTo("REJECTED");
        assertThat(done.path("reason").asString()).contains("no <!here> backup");
    }

    @Test
    void aUserGroupOfSlackMakesAMember() {
        String button = open(ci, "grouped");
        people.opened("U3", "release.approve", button);

        assertThat(people.told(people.submit("U3", ""))).isEqualTo("1 of 1 approvals from deployers (cid)");
    }

    @Test
    void whoMayNotDecideIsToldSoAlone() {
        String button = open(ci, "guarded");

        assertThat(people.told(people.click(FakeSlack.TEAM, "U9", "release.approve", button)))
                .contains("U9 is not known here");
        assertThat(people.told(people.click("T0OTHER", "U1", "release.approve", button)))
                .contains("people of other workspaces");
        people.opened("U4", "release.approve", button);
        assertThat(people.told(people.submit("U4", ""))).startsWith("dan is not in deployers");
        slack.user("U2", "is_ultra_restricted");
        assertThat(people.told(people.submit("U2", ""))).contains("guests, bots");
        slack.user("U2", "deleted");
        assertThat(people.told(people.submit("U2", ""))).contains("people who left");
        slack.userOfTeam("U2", "T0OTHER");
        assertThat(people.told(people.submit("U2", ""))).contains("guests, bots");
        slack.user("U2");

        assertThat(votes("guarded")).isEqualTo("WAITING");
    }

    @Test
    void whoRequestedItMayNotDecideInSlackEither() {
        String button = open(slipway.as("approver-1"), "requested");
        people.opened("U5", "release.approve", button);

        assertThat(people.told(people.submit("U5", "")))
                .contains("approver-1 requested requested@1.0.0 and may not decide on it");
        assertThat(votes("requested")).isEqualTo("WAITING");
    }

    @Test
    void anOldButtonOrOtherDigestsDecideNothing() {
        String button = open(ci, "changed");
        String other = SlackWorkspace.button("changed@1.0.0", 1, GATE, Api.image("other"));
        assertThat(people.told(people.click(FakeSlack.TEAM, "U1", "release.approve", other)))
                .contains("this button is of attempt 1");
        String earlier = SlackWorkspace.button("changed@1.0.0", 7, GATE, fingerprint("changed"));
        assertThat(people.told(people.click(FakeSlack.TEAM, "U1", "release.approve", earlier)))
                .contains("this button is of attempt 7");

        people.opened("U1", "release.approve", button);
        String memo =
                "{\"ask\":\"" + other + "\",\"choice\":\"APPROVE\",\"responseUrl\":\"" + slack.responseUrl() + "\"}";
        assertThat(people.told(people.submit("U1", memo, ""))).contains("other digests than those released");
        assertThat(people.told(people.click(FakeSlack.TEAM, "U1", "release.approve", "nonsense")))
                .contains("not of this version");
        assertThat(votes("changed")).isEqualTo("WAITING");
    }

    @Test
    void theSameBytesTwiceOrAForgedSignatureDecideNothing() {
        String button = open(ci, "forged");
        SignedRequest click = people.click(FakeSlack.TEAM, "U1", "release.approve", button);
        assertThat(people.send(click).statusCode()).isEqualTo(200);
        assertThat(people.send(click).statusCode()).isEqualTo(401);

        long now = Instant.now().getEpochSecond();
        SignedRequest forged = SignedRequest.of(click.body(), now, "another secret");
        assertThat(people.send(forged).statusCode()).isEqualTo(401);
        SignedRequest changed =
                new SignedRequest(click.body().replace("U1", "U2"), click.timestamp(), click.signature());
        assertThat(people.send(changed).statusCode()).isEqualTo(401);
        assertThat(votes("forged")).isEqualTo("WAITING");
    }

    @Test
    void theCommandIsHeardByTheSameRules() {
        open(ci, "typed");

        assertThat(people.told(people.command("U1", "status typed@1.0.0")))
                .startsWith("typed@1.0.0 is WAITING")
                .contains("production WAITING");
        assertThat(people.told(people.command("U4", "abort typed@1.0.0 please")))
                .isEqualTo("dan may not abort typed in production");
        assertThat(people.told(people.command("U1", "what"))).contains("/release status");
        assertThat(people.told(people.command("U1", "status nothing"))).contains("is not SERVICE@VERSION");
        assertThat(people.told(people.command("U1", "approve typed@1.0.0 looks good")))
                .isEqualTo("1 of 1 approvals from deployers (ann)");
    }

    @Test
    void whenSlackDoesNotSayWhoItIsNothingIsDecided() {
        String button = open(ci, "unsure");
        people.opened("U1", "release.approve", button);
        slack.next("users.info", new Trouble.Status(500)).next("users.info", new Trouble.Closed());

        assertThat(people.told(people.submit("U1", ""))).contains("nothing was done");
        assertThat(people.told(people.submit("U1", "")))
                .as("a call is made once")
                .contains("nothing was done");

        assertThat(votes("unsure")).isEqualTo("WAITING");
        assertThat(people.told(people.submit("U1", ""))).as("said again").startsWith("1 of 1");
    }

    @Test
    void nobodyIsToldAtAnAddressThatIsNotSlacks() {
        SlackWeb web = slipway.starter.getBean(SlackWeb.class);
        String elsewhere = slack.responseUrl().replace("127.0.0.1", "localhost") + "/elsewhere";

        web.whisper(elsewhere, "elsewhere");
        web.whisper("https://hooks.slack.com.example.com/", "elsewhere");
        web.whisper(slack.responseUrl(), "here, once");

        assertThat(slack.calls("response_url").stream()
                        .map(call -> call.arguments().path("text").asText()))
                .contains("here, once")
                .doesNotContain("elsewhere");
    }

    @Test
    void aReleaseIsToldToItsServicesChannelOrToTheOneForAll() {
        open(ci, "ordinary");
        open(ci, "special");

        assertThat(slipway.announcer.heard())
                .anySatisfy(told -> {
                    assertThat(told.view().service().value()).isEqualTo("ordinary");
                    assertThat(told.channel()).isEqualTo("C0ALL");
                })
                .anySatisfy(told -> {
                    assertThat(told.view().service().value()).isEqualTo("special");
                    assertThat(told.channel()).isEqualTo("C0SPECIAL");
                });
    }

    @Test
    void aReleaseIsToldToTheSinksOfTheSettings() {
        open(ci, "ordinary");

        Scenario.awaitThat(
                "the sink is told",
                () -> slipway.sinks.facts().stream().anyMatch(fact -> fact.startsWith("REQUESTED ordinary@")));
    }

    @Test
    void aHugeBodyIsRefused() {
        String flood = "payload=" + "x".repeat(300 * 1024);

        assertThat(people.send(SignedRequest.of(flood, Instant.now().getEpochSecond(), SlackWorkspace.SECRET))
                        .statusCode())
                .isEqualTo(413);
        assertThat(flood.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(256 * 1024);
    }
}
