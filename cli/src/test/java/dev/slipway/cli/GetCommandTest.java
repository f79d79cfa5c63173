package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GetCommandTest {
    private final FakeApi api = new FakeApi();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsThePictureOfOneRelease() {
        api.story(PictureTest.RAMPING);

        Run run = Run.against(api, "get", "podinfo@6.9.2");

        assertThat(run.code()).isZero();
        assertThat(run.lines()).isEqualTo(Picture.full(PictureTest.RAMPING, Views.NOW, 100, false));
    }

    @Test
    void coloursOnlyForAPersonWhoWantsThem() {
        api.story(PictureTest.RAMPING);
        Map<String, String> who = Map.of("SLIPWAY_URL", api.url(), "SLIPWAY_TOKEN", FakeApi.TOKEN);
        Map<String, String> without = Map.of("SLIPWAY_URL", api.url(), "SLIPWAY_TOKEN", FakeApi.TOKEN, "NO_COLOR", "1");

        assertThat(Run.with(who, "1", "get", "podinfo@6.9.2").out()).contains("\u001b[");
        assertThat(Run.with(without, "1", "get", "podinfo@6.9.2").out()).doesNotContain("\u001b");
        assertThat(Run.with(who, "2", "get", "podinfo@6.9.2").out()).doesNotContain("\u001b");
    }

    @Test
    void printsTheServersDocumentWithWhatItDoesNotKnow() {
        String document = Json.line(PictureTest.RAMPING);
        api.storyOf(List.of(document.substring(0, document.length() - 1) + ",\"later\":\"\u009b31m\u202e\"}"));

        Run run = Run.against(api, "get", "podinfo@6.9.2", "-o", "json");

        assertThat(Json.read(run.out()).path("later").asString()).isEqualTo("\u009b31m\u202e");
        assertThat(run.out()).contains("\"\\u009b31m\\u202e\"").doesNotContain("\u009b", "\u202e");
    }

    @Test
    void watchesAsOneDocumentPerLineUntilTheEnd() {
        api.story(Views.atApproval(), PictureTest.RAMPING, PictureTest.STUCK, PictureTest.ROLLED_BACK);

        Run run = Run.against(api, "get", "podinfo@6.9.2", "--watch", "-o", "json");

        assertThat(run.code()).isEqualTo(10);
        assertThat(run.lines().stream().map(l -> Json.read(l).path("phase").asString()))
                .containsExactly("WAITING", "RUNNING", "STUCK", "DONE");
    }

    @Test
    void watchesAsEventsInALogAndEndsWithThePicture() {
        api.story(PictureTest.RAMPING, PictureTest.ROLLED_BACK);

        Run run = Run.against(api, "get", "podinfo@6.9.2", "--watch");

        assertThat(run.lines()).contains("2026-11-21T09:10:00Z production: undo of CANARY: restored (uninstalled)");
        assertThat(run.out())
                .endsWith(String.join("\n", Picture.full(PictureTest.ROLLED_BACK, Views.NOW, 100, false)) + "\n");
    }

    @Test
    void keepsTheStepsThatItHasSeenWhileNoWorkerAnswers() {
        api.story(
                PictureTest.RAMPING,
                Views.release(
                        Phase.RUNNING,
                        "",
                        "no worker answers",
                        Views.pending("development"),
                        Views.pending("production")),
                PictureTest.RAMPING,
                Views.ended("PROMOTED", "", Views.passed("development"), Views.ramping(25, 25)));

        Run run = Run.against(api, "get", "podinfo@6.9.2", "--watch");

        assertThat(run.lines().stream().filter(l -> l.endsWith("development: rolling passed (revision 31 is ready)")))
                .hasSize(1);
    }

    @Test
    void whatTheRecordsTellWhileTemporalIsAwayIsWatchedToo() {
        String away = "Temporal does not answer; this is what the records heard last, at 2026-11-21T09:00:00Z";
        String stream = "GET /api/v1/releases/podinfo@6.9.2/events";
        api.withoutStream()
                .refuses(stream, 503, "temporal-unreachable", "Temporal does not answer")
                .refuses(stream, 503, "temporal-unreachable", "Temporal does not answer")
                .story(
                        Views.release(Phase.RUNNING, "", away, Views.pending("development")),
                        Views.ended("ROLLED_BACK", away + ": errors", Views.pending("development")));

        Run run = Run.against(api, "get", "podinfo@6.9.2", "--watch");

        assertThat(run.code()).as("how it ended, by the records").isEqualTo(10);
        assertThat(run.out()).contains(away);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void listsReleasesAsATable() {
        api.answers("GET /api/v1/releases?service=podinfo&phase=WAITING&environment=production&limit=50", 200, """
                {"releases":[
                  {"release":"podinfo@6.9.2","attempt":2,"phase":"WAITING","outcome":null,"waitingFor":"production/approve",
                   "requestedBy":"ci","links":{},"startedAt":"2026-11-21T09:00:00Z","endedAt":null},
                  {"release":"llama-3-8b@2.0","attempt":1,"phase":"DONE","outcome":"ROLLED_BACK","waitingFor":"",
                   "requestedBy":"someone\\u001b[31m","startedAt":"2026-11-20T09:00:00Z","endedAt":"2026-11-20T10:30:00Z"}]}
                """);

        Run run = Run.against(api, "get", "--service", "podinfo", "--phase", "waiting", "--environment", "production");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                RELEASE           PHASE          WAITING FOR         REQUESTED BY  STARTED               FOR
                podinfo@6.9.2 #2  ◇ WAITING      production/approve  ci            2026-11-21T09:00:00Z  10m00s
                llama-3-8b@2.0    ↩ ROLLED BACK                      someone[31m   2026-11-20T09:00:00Z  1h30m
                """);
    }

    @Test
    void anEmptyListIsNoErrorAndNoData() {
        api.answers("GET /api/v1/releases?limit=50", 200, "{\"releases\":[]}");

        Run run = Run.against(api, "get");

        assertThat(run).isEqualTo(new Run(0, "", "no such releases\n"));
    }

    @Test
    void asManyAsAreWantedAreReadPageByPageAndThatThereAreOlderOnesIsSaid() {
        String row = "{\"release\":\"podinfo@%d.0.0\",\"attempt\":1,\"phase\":\"DONE\"}";
        String page = "{\"releases\":[" + row + "," + row + "],\"note\":\"\",\"cursor\":\"%s\"}";
        api.answers("GET /api/v1/releases?limit=3", 200, page.formatted(5, 4, "next"));
        api.answers(
                "GET /api/v1/releases?limit=1&cursor=next",
                200,
                "{\"releases\":[" + row.formatted(3) + "],\"cursor\":\"more\"}");

        Run run = Run.against(api, "get", "--limit", "3");

        assertThat(run.lines()).hasSize(4).last().asString().startsWith("podinfo@3.0.0");
        assertThat(run.err()).isEqualTo("note: the newest 3; for older ones: --limit 12\n");
    }

    @Test
    void whatIsNoReleaseIsSaidToBeNone() {
        api.answers("GET /api/v1/releases/podinfo@6.9.2", 200, "text/html", "<html>proxy</html>", Map.of());

        Run run = Run.against(api, "get", "podinfo@6.9.2");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("error: the server's answer is not understood")
                .contains("next: check --server");
    }

    @Test
    void filtersBelongToTheList() {
        assertThat(Run.against(api, "get", "podinfo@6.9.2", "--phase", "DONE").code())
                .isEqualTo(2);
        assertThat(Run.against(api, "get", "--watch").code()).isEqualTo(2);
        assertThat(Run.against(api, "get", "--limit", "0").err()).contains("--limit is at least 1, not 0");
    }
}
