package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Phase;
import dev.slipway.pipeline.Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReleaseCommandTest {
    @TempDir
    private Path folder;

    private final FakeApi api = new FakeApi();
    private Path file;

    @BeforeEach
    void write() {
        file = Pipelines.write(folder);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void uploadsTheBundleWithExactlyTheVersionAndImageThatWereAskedFor() {
        api.story(Views.ended("PROMOTED", ""));

        Pipelines.release(api, file, "--image-tag", "v6.9.2", "--again");

        FakeApi.Request post = api.last("POST");
        JsonNode request = Json.read(post.part("request"));
        assertThat(request.toString())
                .isEqualTo("{\"service\":\"podinfo\",\"version\":\"6.9.2\",\"imageTag\":\"v6.9.2\",\"imageDigest\":\""
                        + Views.digest('a') + "\",\"again\":true,\"supersede\":false}");
        Bundle bundle = Bundle.read(post.part("bundle").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(bundle.paths()).containsExactly("chart/Chart.yaml", "release.yaml", "values/values.yaml");
        assertThat(bundle.pipeline().problems()).isEmpty();
    }

    @Test
    void tellsEachEventOnALineOfItsOwnInALog() {
        api.story(
                Views.release(Phase.RUNNING, "", "", Views.pending("development"), Views.pending("production")),
                Views.release(Phase.RUNNING, "", "", Views.passed("development"), Views.pending("production")),
                Views.atApproval(),
                PictureTest.RAMPING,
                PictureTest.ROLLED_BACK);

        Run run = Pipelines.release(api, file);

        assertThat(run.err().lines())
                .allSatisfy(line -> assertThat(line).matches("(2026-11-21T09:10:00Z|next:) .*"))
                .containsSubsequence(
                        "2026-11-21T09:10:00Z podinfo@6.9.2 started, attempt 1",
                        "2026-11-21T09:10:00Z podinfo@6.9.2: RUNNING",
                        "2026-11-21T09:10:00Z development: rolling passed (revision 31 is ready)",
                        "2026-11-21T09:10:00Z development: PROMOTED",
                        "2026-11-21T09:10:00Z podinfo@6.9.2: WAITING for production/approve"
                                + " (0 of 1 approvals from deployers)",
                        "2026-11-21T09:10:00Z   next: slipway approve podinfo@6.9.2 --gate production/approve",
                        "2026-11-21T09:10:00Z production: canary weight: want 25%, actual 5%",
                        "2026-11-21T09:10:00Z production: ramp 5% failed"
                                + " (errors breached; errors 21.3% of 160 requests bad, objective 99%)",
                        "2026-11-21T09:10:00Z production: undo of ROUTE: restored (stable 100, read back)",
                        "next: slipway get podinfo@6.9.2");
        assertThat(run.out())
                .isEqualTo("podinfo@6.9.2 ROLLED BACK after 10m00s in production:"
                        + " ramp 5%: errors 21.3% of 160 requests bad, objective 99%\n");
    }

    @Test
    void aLogHasNoColoursAndRepeatsNothing() {
        api.story(PictureTest.RAMPING, PictureTest.RAMPING, PictureTest.RAMPING, Views.ended("PROMOTED", ""));

        Run run = Pipelines.release(api, file);

        assertThat(run.err()).doesNotContain("\u001b");
        assertThat(run.err().lines()).doesNotHaveDuplicates();
    }

    @Test
    void redrawsThePictureForAPersonAndGivesTheTerminalBack() {
        api.story(PictureTest.RAMPING, Views.ended("PROMOTED", "", Views.passed("development")));

        Run run = Run.with(environment(), "2", arguments());

        assertThat(run.err())
                .contains("\u001b[?25l")
                .contains("\u001b[32m✔ \u001b[0m")
                .contains("ramp 25%");
        assertThat(run.err()).endsWith("\u001b[?7h\u001b[?25h");
        assertThat(run.out()).isEqualTo("podinfo@6.9.2 PROMOTED after 10m00s\n");
        assertThat(run.code()).isZero();
    }

    @Test
    void endsAtTheEnvironmentThatWasAskedFor() {
        api.story(
                Views.release(Phase.RUNNING, "", "", Views.pending("development"), Views.pending("production")),
                Views.release(Phase.RUNNING, "", "", Views.passed("development"), Views.pending("production")));

        Run run = Pipelines.release(api, file, "--until", "development");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("podinfo@6.9.2 passed development\n");
    }

    @Test
    void detachedItEndsWhenTheServerHasTakenIt() {
        api.story(PictureTest.RAMPING);

        Run run = Pipelines.release(api, file, "--detach", "-o", "json");

        assertThat(run.code()).isZero();
        assertThat(Json.read(run.out()).path("phase").asString()).isEqualTo("RUNNING");
        assertThat(run.err()).endsWith("next: slipway get podinfo@6.9.2 --watch\n");
        assertThat(api.requests()).noneMatch(r -> r.path().endsWith("/events"));
    }

    @Test
    void theLastDocumentIsTheServersOwn() {
        String ended = Json.line(Views.ended("PROMOTED", ""));
        String newer = ended.substring(0, ended.length() - 1) + ",\"fieldOfLater\":{\"a\":[1]}}";
        api.storyOf(java.util.List.of(newer));

        Run run = Pipelines.release(api, file, "-o", "json");

        assertThat(Json.read(run.out())).isEqualTo(Json.read(newer));
    }

    @Test
    void listensAgainWhenTheStreamIsCutAndMissesNoEnd() {
        api.story(
                        Views.release(Phase.RUNNING, "", "", Views.pending("development")),
                        Views.atApproval(),
                        PictureTest.RAMPING,
                        Views.ended("PROMOTED", ""))
                .cutAfter(1)
                .cutAfter(0)
                .cutAfter(1);

        assertThat(Pipelines.release(api, file).code()).isZero();
        assertThat(api.requests()).filteredOn(r -> r.path().endsWith("/events")).hasSizeGreaterThan(2);
    }

    @Test
    void asksAgainAndAgainWhenThereIsNoStream() {
        api.story(PictureTest.RAMPING, Views.atApproval(), Views.ended("EXPIRED", "nobody came"))
                .withoutStream();

        assertThat(Pipelines.release(api, file).code()).isEqualTo(12);
    }

    @Test
    void survivesAServerThatIsAwayForAWhileAndSaysSoOnce() {
        api.story(PictureTest.RAMPING, Views.ended("PROMOTED", ""));
        for (int i = 0; i < 3; i++) {
            api.refuses("GET /api/v1/releases/podinfo@6.9.2", 503, "temporal-unreachable", "Temporal does not answer");
        }

        Run run = Pipelines.release(api, file);

        assertThat(run.code()).isZero();
        assertThat(run.err())
                .containsOnlyOnce("asking again: Temporal does not answer")
                .contains("answers again");
    }

    @Test
    void stopsFollowingWhenTheTokenIsNotValidAnyMore() {
        api.story(PictureTest.RAMPING);
        api.refuses("GET /api/v1/releases/podinfo@6.9.2", 401, "not-authenticated", "the token has expired");

        Run run = Pipelines.release(api, file);

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).contains("error: the token has expired\nnext: set SLIPWAY_TOKEN");
    }

    @Test
    void doesNotTakeTheEndOfAnEarlierAttemptForItsOwn() {
        api.answers("POST /api/v1/releases", 202, "{\"release\":\"podinfo@6.9.2\",\"attempt\":2}");
        api.story(
                PictureTest.ROLLED_BACK,
                Views.attempt(2, PictureTest.RAMPING),
                Views.attempt(2, Views.ended("PROMOTED", "")));

        Run run = Pipelines.release(api, file, "--again");

        assertThat(run.code()).isZero();
        assertThat(run.err()).doesNotContain("ROLLED BACK");
    }

    @Test
    void saysThatItWasPromotedBefore() {
        api.answers("POST /api/v1/releases", 200, "{\"attempt\":1,\"already\":true}");
        api.story(Views.ended("PROMOTED", ""));

        Run run = Pipelines.release(api, file);

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("was promoted before with the same digests, nothing is started");
    }

    @Test
    void asksTheServerNothingWhenTheFileIsWrong() {
        Pipelines.write(folder, Pipelines.GOOD.replace("healthyFor: 10m", "healthyFor: soon"));

        Run run = Pipelines.release(api, file);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("release.yaml:26:29: 'healthyFor' must be a duration");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void saysWhatTheFileNamesAndIsNotThere() {
        Pipelines.write(folder, Pipelines.GOOD.replace("[values.yaml]", "[missing.yaml]"));

        Run run = Pipelines.release(api, file);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("there is no values file 'missing.yaml'");
    }

    @Test
    void showsTheServersProblemsWithTheirPlaces() {
        api.answers(
                "POST /api/v1/releases",
                422,
                Json.line(Map.of(
                        "type",
                        "https://slipway.dev/problems/invalid-pipeline",
                        "detail",
                        "1 problem in release.yaml",
                        "problems",
                        java.util.List.of(Map.of(
                                "file",
                                "release.yaml",
                                "line",
                                21,
                                "column",
                                9,
                                "message",
                                "production needs 2 votes\u001b[2J",
                                "hint",
                                "")))));

        Run run = Pipelines.release(api, file);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err())
                .contains("error: 1 problem in release.yaml\n  release.yaml:21:9: production needs 2 votes[2J\n"
                        + "next: mend the file, then: slipway plan\n");
    }

    @Test
    void sendsEvidenceAsTheBytesOfItsFile() throws IOException {
        api.story(Views.ended("PROMOTED", ""));
        Path evidence = Files.writeString(folder.resolve("evidence.json"), AttestCommandTest.GOOD);

        Pipelines.release(api, file, "--evidence", evidence.toString());

        assertThat(api.last("POST").part("evidence")).isEqualTo(AttestCommandTest.GOOD);
    }

    @Test
    void wrongEvidenceIsNotSent() throws IOException {
        Path evidence = Files.writeString(folder.resolve("evidence.json"), "[]");

        Run run = Pipelines.release(api, file, "--evidence", evidence.toString());

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("evidence.json:1:1: there is no evidence in it");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void asksForTheSlotWhenItIsToSupersede() {
        api.story(Views.ended("PROMOTED", ""));

        Pipelines.release(api, file, "--supersede");

        assertThat(Json.read(api.last("POST").part("request")).path("supersede").asBoolean())
                .isTrue();
        assertThat(Run.slipway("release", "--help").out()).contains("--supersede");
    }

    @Test
    void namesTheAuthorsThatGitPrintsEachOnce() {
        api.story(Views.ended("PROMOTED", ""));

        Pipelines.release(api, file, "--author=ann@example.com\nbob@example.com\nann@example.com\n", "--author", "eve");

        assertThat(Json.read(api.last("POST").part("request")).path("authors").toString())
                .isEqualTo("[\"ann@example.com\",\"bob@example.com\",\"eve\"]");
    }

    @Test
    void anAuthorWhoIsCalledLikeAnOptionIsAnError() {
        Run run = Pipelines.release(api, file, "--author=--supersede");

        assertThat(run.code()).isEqualTo(2);
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void anAuthorOfWhomGitPrintsNothingIsAnError() {
        Run run = Pipelines.release(api, file, "--author=bob", "--author=\n");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--author names nobody: it is empty");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void saysThatAReleaseThatItJoinsKeepsItsAuthors() {
        api.answers("POST /api/v1/releases", 202, "{\"attempt\":1,\"attached\":true}");
        api.story(Views.ended("PROMOTED", ""));

        Run run = Pipelines.release(api, file, "--author=bob");

        assertThat(run.err()).contains("podinfo@6.9.2 keeps the authors that its first submission named");
    }

    @Test
    void aSupersededReleaseEndsWithACodeOfItsOwn() {
        api.story(Views.ended("SUPERSEDED", "superseded by podinfo@6.9.3"));

        Run run = Pipelines.release(api, file);

        assertThat(run.code()).isEqualTo(16);
        assertThat(run.out()).isEqualTo("podinfo@6.9.2 SUPERSEDED after 10m00s: superseded by podinfo@6.9.3\n");
    }

    @Test
    void anUnknownEnvironmentIsWrongUsage() {
        Run run = Pipelines.release(api, file, "--until", "prod");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("next: use one of accepted, development, production, promoted");
    }

    private Map<String, String> environment() {
        return Map.of("SLIPWAY_URL", api.url(), "SLIPWAY_TOKEN", FakeApi.TOKEN);
    }

    private String[] arguments() {
        return new String[] {
            "release",
            "-f",
            file.toString(),
            "--version",
            "6.9.2",
            "--image-digest",
            Views.digest('a').value()
        };
    }
}
