package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StartTest {
    @TempDir
    static Path folder;

    private static Installation slipway;
    private static Api ci;
    private static Api approver;

    @BeforeAll
    static void install() {
        slipway = Installation.whole(folder);
        ci = slipway.as("ci");
        approver = slipway.as("approver-1");
    }

    @AfterAll
    static void remove() throws Exception {
        slipway.close();
    }

    private static byte[] bundle(String service) {
        return Installation.bundle(folder, service, "replicas: 1\n");
    }

    private static void approve(String id) {
        ci.awaitPhase(id, "WAITING");
        Api.Answer said = approver.post("/api/v1/releases/" + id + "/decisions", "{\"choice\":\"APPROVE\"}");
        assertThat(said.status()).isEqualTo(200);
    }

    @Test
    void startsAReleaseAndShowsItUntilItIsPromoted() {
        Api.Answer started = ci.start(bundle("good"), Api.request("1.0.0"));

        assertThat(started.status()).isEqualTo(202);
        assertThat(started.body().path("release").asString()).isEqualTo("good@1.0.0");
        assertThat(started.body().path("attempt").asInt()).isEqualTo(1);
        assertThat(started.body().path("attached").asBoolean()).isFalse();
        assertThat(started.body().path("accepted").asBoolean()).isFalse();
        assertThat(started.raw().headers().firstValue("Location")).contains("/api/v1/releases/good@1.0.0");

        JsonNode waiting = ci.awaitPhase("good@1.0.0", "WAITING");
        assertThat(waiting.path("waitingFor").asString()).isEqualTo("production/approve");
        assertThat(waiting.path("requestedBy").asString()).isEqualTo("ci");
        assertThat(started.body().path("links").path("temporal").asString())
                .isEqualTo("http://ui/default/good%401.0.0");
        assertThat(waiting.path("links").path("temporal").asString()).startsWith("http://ui/default/good%401.0.0/");
        assertThat(waiting.path("stages").get(1).path("steps").size())
                .as("the stage's own details")
                .isPositive();

        approve("good@1.0.0");
        JsonNode done = ci.awaitPhase("good@1.0.0", "DONE");
        assertThat(done.path("outcome").asString()).isEqualTo("PROMOTED");
        assertThat(done.path("endedAt").isNull()).isFalse();
    }

    @Test
    void theSameSubmissionJoinsAndOtherDigestsAreRefused() {
        byte[] bundle = bundle("joined");
        ci.start(bundle, Api.request("1.0.0"));
        ci.awaitPhase("joined@1.0.0", "WAITING");

        Api.Answer same = ci.start(bundle, Api.request("1.0.0"));
        assertThat(same.status()).isEqualTo(202);
        assertThat(same.body().path("attached").asBoolean()).isTrue();
        assertThat(same.body().path("attempt").asInt()).isEqualTo(1);

        Api.Answer otherImage = ci.start(bundle, Api.request("1.0.0", Api.image("other"), ""));
        assertThat(otherImage.status()).isEqualTo(409);
        assertThat(otherImage.problem()).isEqualTo("other-digests");
        assertThat(otherImage.detail()).contains("attempt 1 of joined@1.0.0 is running");

        byte[] otherValues = Installation.bundle(folder, "joined", "replicas: 2\n");
        assertThat(ci.start(otherValues, Api.request("1.0.0")).problem()).isEqualTo("other-digests");
    }

    @Test
    void whoAsksWhileTheRecordsAreStillToldOfAPromotionHearsOfIt() {
        byte[] bundle = bundle("ending");
        ci.start(bundle, Api.request("1.0.0"));
        ci.awaitPhase("ending@1.0.0", "WAITING");
        slipway.records.away(true);
        try {
            approve("ending@1.0.0");
            ci.awaitPhase("ending@1.0.0", "DONE");

            Api.Answer again = ci.start(bundle, Api.request("1.0.0"));

            assertThat(again.status()).isEqualTo(200);
            assertThat(again.body().path("already").asBoolean()).isTrue();
        } finally {
            slipway.records.away(false);
        }
    }

    @Test
    void aPromotedVersionIsAlreadyThereAndNothingIsStarted() {
        byte[] bundle = bundle("twice");
        ci.start(bundle, Api.request("1.0.0"));
        approve("twice@1.0.0");
        ci.awaitPhase("twice@1.0.0", "DONE");

        for (String more : new String[] {"", ",\"again\":true"}) {
            Api.Answer again = ci.start(bundle, Api.request("1.0.0", Api.image("image 1.0.0"), more));
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.body().path("already").asBoolean()).isTrue();
            assertThat(again.body().path("attempt").asInt()).isEqualTo(1);
        }
        Api.Answer other = ci.start(bundle, Api.request("1.0.0", Api.image("other"), ""));
        assertThat(other.problem()).isEqualTo("other-digests");
        assertThat(other.detail()).contains("was promoted");
    }

    @Test
    void aRolledBackVersionNeedsAgainAndThenGetsAnAttemptOfItsOwn() {
        slipway.cluster.neverReady("6.6.6");
        byte[] bundle = bundle("bad");
        ci.start(bundle, Api.request("6.6.6"));
        JsonNode first = ci.awaitPhase("bad@6.6.6", "DONE");
        assertThat(first.path("outcome").asString()).isEqualTo("ROLLED_BACK");

        Api.Answer refused = ci.start(bundle, Api.request("6.6.6"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("needs-again");
        assertThat(refused.detail()).isEqualTo("attempt 1 of bad@6.6.6 ended as ROLLED_BACK");

        Api.Answer again = ci.start(bundle, Api.request("6.6.6", Api.image("image 6.6.6"), ",\"again\":true"));
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body().path("attempt").asInt()).isEqualTo(2);
        assertThat(again.body().path("attached").asBoolean()).isFalse();
        ci.await("bad@6.6.6", view -> view.path("attempt").asInt() == 2);
    }

    @Test
    void aWrongPipelineIsRefusedWithEveryProblemAndItsPlace() {
        String pipeline = new String(Installation.pipeline("wrong"), StandardCharsets.UTF_8)
                .replace("environment: development", "environment: integration")
                .replace("group: deployers, votes: 1", "group: deployers, vote: 1");
        byte[] bundle = BrokenBundles.with(bundle("wrong"), "release.yaml", pipeline);
        Api.Answer schema = ci.start(bundle, Api.request("1.0.0"));
        assertThat(schema.status()).isEqualTo(422);
        assertThat(schema.raw().headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(schema.body().path("problems").get(0).path("line").asInt()).isEqualTo(17);

        Api.Answer platform = ci.start(
                BrokenBundles.with(bundle("wrong"), "release.yaml", pipeline.replace("vote:", "votes:")),
                Api.request("1.0.0"));
        assertThat(platform.status()).isEqualTo(422);
        assertThat(platform.problem()).isEqualTo("invalid-pipeline");
        JsonNode problems = platform.body().path("problems");
        assertThat(problems.size()).isGreaterThan(1);
        assertThat(problems.get(0).path("file").asString()).isEqualTo("release.yaml");
        assertThat(problems.get(0).path("line").asInt()).isEqualTo(11);
        assertThat(problems.get(0).path("message").asString()).isEqualTo("unknown environment 'integration'");
        assertThat(ci.get("/api/v1/releases/wrong@1.0.0").status()).isEqualTo(404);
    }

    @Test
    void aSupersedingReleaseTakesTheSlotAndTheOneThatHadItEndsSuperseded() {
        byte[] bundle = bundle("newer");
        ci.start(bundle, Api.request("1.0.0"));
        ci.awaitPhase("newer@1.0.0", "WAITING");

        Api.Answer started = approver.start(bundle, superseding("2.0.0"));
        assertThat(started.status()).isEqualTo(202);

        JsonNode before = ci.awaitPhase("newer@1.0.0", "DONE");
        assertThat(before.path("outcome").asString()).isEqualTo("SUPERSEDED");
        assertThat(before.path("reason").asString()).isEqualTo("superseded by newer@2.0.0");
        JsonNode stages = before.path("stages");
        assertThat(stages.get(0).path("outcome").asString()).isEqualTo("PROMOTED");
        assertThat(stages.get(1).path("outcome").asString()).isEqualTo("SUPERSEDED");
        assertThat(ci.awaitPhase("newer@2.0.0", "WAITING").path("waitingFor").asString())
                .isEqualTo("production/approve");
    }

    @Test
    void aReleaseThatWaitsForItsSlotSaysWhereItStands() {
        byte[] bundle = bundle("line");
        ci.start(bundle, Api.request("1.0.0"));
        ci.awaitPhase("line@1.0.0", "WAITING");
        ci.start(bundle, Api.request("2.0.0"));
        ci.awaitPhase("line@2.0.0", "QUEUED");

        JsonNode queued =
                ci.await("line@2.0.0", view -> view.path("reason").asString().startsWith("1st"));

        assertThat(queued.path("waitingFor").asString()).isEqualTo("slot line:production");
        assertThat(queued.path("reason").asString()).isEqualTo("1st in line after line@1.0.0");
    }

    @Test
    void onlyWhoMaySupersedeDoes() {
        Api.Answer refused = ci.start(bundle("calm"), superseding("1.0.0"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).isEqualTo("ci may not supersede calm in development");
        assertThat(ci.get("/api/v1/releases/calm@1.0.0").status()).isEqualTo(404);
    }

    private static String superseding(String version) {
        return Api.request(version, Api.image("image " + version), ",\"supersede\":true");
    }

    private static String writtenBy(String authors) {
        return Api.request("1.0.0", Api.image("x"), ",\"authors\":" + authors);
    }

    @Test
    void malformedRequestsAreToldWhatIsWrong() {
        byte[] bundle = bundle("malformed");
        Api.Answer unknown = ci.start(bundle, Api.request("1.0.0", Api.image("x"), ",\"agian\":true"));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.detail()).startsWith("unknown field 'agian'");

        Api.Answer digest = ci.start(bundle, "{\"version\":\"1.0.0\",\"imageDigest\":\"latest\"}");
        assertThat(digest.status()).isEqualTo(400);
        assertThat(digest.detail()).contains("'latest' is not a digest");

        assertThat(ci.start(bundle, "{\"version\":\"1.0.0\"}").detail()).contains("imageDigest is missing");
        assertThat(ci.start(bundle, "{").detail()).contains("no JSON");
        assertThat(ci.start(bundle, writtenBy("[\"ann\",\" \"]")).detail())
                .isEqualTo("request.authors[1] is empty: say an e-mail address as in the commit"
                        + " (git log --format=%ae), or a name");
        assertThat(ci.start(bundle, writtenBy("[null]")).detail()).contains("request.authors[0] is empty");
        assertThat(ci.start(bundle, writtenBy("[\"" + "a".repeat(201) + "\"]")).detail())
                .contains("request.authors[0] is longer than 200 characters");
        assertThat(ci.start(bundle, writtenBy("[" + "\"a\",".repeat(50) + "\"a\"]"))
                        .detail())
                .contains("request.authors names 51, at most 50");
        assertThat(ci.start(bundle, Api.request("1.0+2", Api.image("x"), "")).detail())
                .contains("no image tag");
        assertThat(ci.start(new byte[] {1, 2, 3}, Api.request("1.0.0")).detail())
                .contains("no gzipped tar");
        assertThat(ci.start(bundle, Api.request("1.0.0", Api.image("x"), ",\"service\":\"other\""))
                        .detail())
                .isEqualTo("the bundle is of service malformed, the request says other");
        assertThat(ci.post("/api/v1/releases", "{}").status()).isEqualTo(415);
    }

    @Test
    void wrongAddressesAreToldWhatIsWrong() {
        assertThat(ci.get("/api/v1/releases/no-version").status()).isEqualTo(400);
        assertThat(ci.get("/api/v1/releases/no-version").detail()).contains("is not SERVICE@VERSION");
        assertThat(ci.get("/api/v1/releases/never@1.0.0").problem()).isEqualTo("not-found");
        assertThat(ci.get("/api/v1/releases?limit=0").status()).isEqualTo(400);
        assertThat(ci.get("/api/v1/releases?phase=BUSY").detail()).contains("'BUSY' is no phase");
        assertThat(ci.get("/api/v1/nothing").problem()).isEqualTo("not-found");
    }

    @Test
    void bodiesHaveALimitWhateverTheyClaim() {
        byte[] large = new byte[1024 * 1024 + 1];
        Api.Answer upload = ci.start(large, Api.request("1.0.0"));
        assertThat(upload.status()).as(upload.body().toString()).isEqualTo(413);

        byte[] body = ("{\"reason\":\"" + "x".repeat(70 * 1024) + "\"}").getBytes(StandardCharsets.US_ASCII);
        Api.Answer chunked = approver.send(
                "POST",
                "/api/v1/releases/never@1.0.0/abort",
                "application/json",
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.problem()).isEqualTo("too-large");
    }

    @Test
    void plansAreCheckedWithoutStartingAnything() {
        Api.Answer good = ci.plan(bundle("planned"));
        assertThat(good.status()).isEqualTo(200);
        assertThat(good.body().path("valid").asBoolean()).isTrue();
        JsonNode production = good.body().path("plan").path("stages").get(1);
        assertThat(production.path("environment").path("protected").asBoolean()).isTrue();
        assertThat(production.path("after").get(0).path("healthyFor").asString())
                .isEqualTo("PT10M");

        String pipeline = new String(Installation.pipeline("planned"), StandardCharsets.UTF_8)
                .replace("healthyFor: 10m", "healthyFor: 1m");
        Api.Answer bad = ci.plan(BrokenBundles.with(bundle("planned"), "release.yaml", pipeline));
        assertThat(bad.status()).isEqualTo(200);
        assertThat(bad.body().path("valid").asBoolean()).isFalse();
        assertThat(bad.body().path("plan").isNull()).isTrue();
        assertThat(bad.body().path("problems").size()).isEqualTo(1);
        assertThat(ci.get("/api/v1/releases/planned@1.0.0").status()).isEqualTo(404);
    }

    @Test
    void workersFetchTheBundleByItsDigest() {
        byte[] bundle = bundle("fetched");
        ci.start(bundle, Api.request("1.0.0"));
        String digest = Plans.bundle(bundle).digest().value();

        Api.Answer fetched = slipway.as("worker").get("/api/v1/bundles/" + digest);

        assertThat(fetched.status()).isEqualTo(200);
        assertThat(Plans.bundle(fetched.raw().body()).digest().value()).isEqualTo(digest);
        assertThat(slipway.as("worker")
                        .get("/api/v1/bundles/" + Api.image("none"))
                        .status())
                .isEqualTo(404);
        assertThat(ci.get("/api/v1/bundles/" + digest).status()).isEqualTo(403);
    }
}
