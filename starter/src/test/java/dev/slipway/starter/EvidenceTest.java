package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.Fact;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Evidence over HTTP: with the request, later, by whom, and what is refused. */
class EvidenceTest {
    private static final String GATE = "require: { evidence: [unit-tests], group: robots, maxAge: 7d }";
    private static final Digest IMAGE = Api.image("image 1.0.0");

    @TempDir
    static Path folder;

    private static Installation slipway;
    private static Api robot;
    private static Api approver;

    @BeforeAll
    static void install() {
        List<String> more = new ArrayList<>();
        String hash =
                Digests.sha256("robot".getBytes(StandardCharsets.UTF_8)).value().substring("sha256:".length());
        more.add("--slipway.starter.tokens[7].subject=robot");
        more.add("--slipway.starter.tokens[7].groups=robots");
        more.add("--slipway.starter.tokens[7].sha256=" + hash);
        more.add("--slipway.starter.grants[5].group=robots");
        more.add("--slipway.starter.grants[5].verbs=read,start,attest");
        more.add("--slipway.starter.grants[5].services=*");
        more.add("--slipway.starter.grants[5].environments=*");
        slipway = Installation.wholeWith(folder, more.toArray(String[]::new));
        robot = slipway.as("robot");
        approver = slipway.as("approver-1");
    }

    @AfterAll
    static void remove() throws Exception {
        slipway.close();
    }

    @Test
    void whatComesWithTheRequestIsThereAtTheGate() {
        Api.Answer started = robot.start(bundle("together"), Api.request("1.0.0"), entry("unit-tests", "passed"));

        assertThat(started.status()).isEqualTo(202);
        assertThat(robot.awaitPhase("together@1.0.0", "DONE").path("outcome").asString())
                .isEqualTo("PROMOTED");
        assertThat(slipway.records.of(Fact.Kind.ATTESTED))
                .extracting(Fact::what)
                .contains("robot attested unit-tests passed");
    }

    @Test
    void aStageThatWaitsGoesOnWhenItIsHandedIn() {
        start("later");
        JsonNode waiting = robot.awaitPhase("later@1.0.0", "WAITING");
        assertThat(waiting.path("waitingFor").asString()).isEqualTo("evidence unit-tests");

        Api.Answer others = approver.post(path("later"), entry("unit-tests", "passed"));
        assertThat(others.status()).isEqualTo(200);
        assertThat(robot.get("/api/v1/releases/later@1.0.0").body().toString())
                .contains("there is only that of approver-1, who is not in robots");
        Api.Answer own = robot.post(path("later"), entry("unit-tests", "passed"));

        assertThat(own.body().path("message").asString()).isEqualTo("1 piece of evidence by robot on record");
        assertThat(robot.awaitPhase("later@1.0.0", "DONE").path("outcome").asString())
                .isEqualTo("PROMOTED");
        assertThat(robot.post(path("later"), entry("unit-tests", "passed")).detail())
                .isEqualTo("later@1.0.0 has ended (PROMOTED)");
    }

    @Test
    void whatComesWithASubmissionThatJoinsIsHandedInToo() {
        byte[] bundle = start("joined");
        robot.awaitPhase("joined@1.0.0", "WAITING");

        Api.Answer again = robot.start(bundle, Api.request("1.0.0"), entry("unit-tests", "failed"));

        assertThat(again.body().path("attached").asBoolean()).isTrue();
        JsonNode done = robot.awaitPhase("joined@1.0.0", "DONE");
        assertThat(done.path("outcome").asString()).isEqualTo("REFUSED");
        assertThat(done.path("reason").asString()).startsWith("require: unit-tests: failed, handed in by robot");
    }

    @Test
    void whatIsWrongIsToldWithItsPlaceAndNothingOfItIsTaken() {
        start("wrong");
        robot.awaitPhase("wrong@1.0.0", "WAITING");
        String wrong = entry("unit-tests", "passed")
                .replace(IMAGE.value(), Api.image("another").value())
                .replace("\"status\"", "\n\"status\"");

        Api.Answer refused = robot.post(path("wrong"), wrong);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("invalid-evidence");
        JsonNode problem = refused.body().path("problems").get(0);
        assertThat(problem.path("line").asInt()).isEqualTo(2);
        assertThat(problem.path("message").asString())
                .startsWith("'subject' is neither the image of this release (" + IMAGE);
        assertThat(robot.post(path("wrong"), "[]").problem()).isEqualTo("invalid-evidence");
        assertThat(robot.post(path("wrong"), "[" + " ".repeat(64 * 1024) + "]").problem())
                .isEqualTo("too-large");
        assertThat(robot.awaitPhase("wrong@1.0.0", "WAITING").path("reason").asString())
                .isEqualTo("unit-tests: nobody has handed it in");
    }

    @Test
    void wrongEvidenceStartsNothing() {
        Api.Answer refused = robot.start(bundle("unstarted"), Api.request("1.0.0"), entry("unit-tests", "green"));

        assertThat(refused.problem()).isEqualTo("invalid-evidence");
        assertThat(robot.get("/api/v1/releases/unstarted@1.0.0").status()).isEqualTo(404);
    }

    @Test
    void whoMayStartButNotAttestHandsNothingIn() {
        Api.Answer refused =
                slipway.as("ci").start(bundle("unattested"), Api.request("1.0.0"), entry("unit-tests", "passed"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).isEqualTo("ci may not attest unattested in development");
    }

    private static byte[] start(String service) {
        byte[] bundle = bundle(service);
        assertThat(robot.start(bundle, Api.request("1.0.0")).status()).isEqualTo(202);
        return bundle;
    }

    private static byte[] bundle(String service) {
        return Installation.bundle(
                folder,
                service,
                "",
                yaml -> yaml.substring(0, yaml.indexOf("  - environment: production"))
                        .replace("rolling: {}", "before: [ { " + GATE + " } ]\n    rolling: {}"));
    }

    private static String path(String service) {
        return "/api/v1/releases/" + service + "@1.0.0/evidence";
    }

    private static String entry(String name, String status) {
        return "[{\"name\":\"" + name + "\",\"status\":\"" + status + "\",\"subject\":\"" + IMAGE
                + "\",\"url\":\"https://ci/1\",\"producedAt\":\"" + Instant.now() + "\"}]";
    }
}
