package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.starter.identity.FakeIssuer;
import dev.slipway.workflows.testing.slack.FakeSlack;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whoever starts a release by a push is the same person in Slack. */
class OnePersonTest {
    private static final String GITHUB = "https://token.actions.example.com";
    private static final String GATE = "production/approve";

    @TempDir
    static Path folder;

    private static FakeSlack slack;
    private static FakeIssuer github;
    private static Installation slipway;
    private static SlackWorkspace people;

    @BeforeAll
    static void install() {
        slack = new FakeSlack(0).user("U1").user("U2").userGroup("S1");
        github = new FakeIssuer(GITHUB);
        String[] identity = new IssuerArguments()
                .issuer("github", "github", GITHUB, "keys-url=" + github.keysUrl())
                .rule("ci")
                .when("repository_id", "1234567")
                .when("repository_owner_id", "42")
                .when("ref", "refs/heads/main")
                .person("ann", "github", "actor_id", "583231")
                .author("bob", "Bob@Example.com,bob@home")
                .all();
        slipway = Installation.wholeWith(
                folder,
                Stream.of(SlackWorkspace.settings(folder, slack), identity)
                        .flatMap(Stream::of)
                        .toArray(String[]::new));
        people = new SlackWorkspace(slack, slipway);
    }

    @AfterAll
    static void remove() throws Exception {
        slipway.close();
        github.close();
        slack.close();
    }

    /** A push by somebody starts a version of the service; the release when its approval is open. */
    private static JsonNode pushed(String actorId, String service) {
        return pushed(actorId, service, "");
    }

    private static JsonNode pushed(String actorId, String service, String more) {
        Map<String, Object> push = github.push();
        push.put("actor_id", actorId);
        Api job = slipway.as(github.sign(push));
        job.start(Installation.bundle(folder, service, ""), Api.request("1.0.0", Api.image("image 1.0.0"), more));
        return job.awaitPhase(service + "@1.0.0", "WAITING");
    }

    /** What a person is told who approves it in Slack. */
    private static String approved(String user, JsonNode release) {
        JsonNode digests = release.path("digests");
        Digest fingerprint = new Digests(
                        new Digest(digests.path("chart").asString()),
                        new Digest(digests.path("image").asString()),
                        new Digest(digests.path("values").asString()),
                        new Digest(digests.path("pipeline").asString()))
                .fingerprint();
        String id = release.path("release").asString();
        people.opened(user, "release.approve", SlackWorkspace.button(id, 1, GATE, fingerprint));
        return people.told(people.submit(user, ""));
    }

    @Test
    void doesNotApproveInSlackWhatTheirPushHasStarted() {
        JsonNode release = pushed("583231", "own");

        assertThat(release.path("requestedBy").asString()).isEqualTo("ann");
        assertThat(approved("U1", release)).contains("ann requested own@1.0.0 and may not decide on it");
        assertThat(approved("U2", release)).isEqualTo("1 of 1 approvals from deployers (bob)");
    }

    @Test
    void doesNotApproveInSlackWhatTheyWrote() {
        JsonNode release = pushed("1", "written", ",\"authors\":[\"bob@example.com\",\"stranger@example.com\"]");

        assertThat(release.path("authors").toString()).isEqualTo("[\"bob\",\"stranger@example.com\"]");
        assertThat(approved("U2", release)).contains("bob wrote what is released as written@1.0.0");
        assertThat(approved("U1", release)).isEqualTo("1 of 1 approvals from deployers (ann)");
    }

    @Test
    void approvesWhatSomebodyElsesPushHasStarted() {
        JsonNode release = pushed("1", "others");

        assertThat(release.path("requestedBy").asString()).isEqualTo("github:1234567");
        assertThat(approved("U1", release)).isEqualTo("1 of 1 approvals from deployers (ann)");
    }
}
