package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Phase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of exit codes, seen from a script that calls {@code slipway release}. */
class ExitCodeTest {
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

    @ParameterizedTest
    @CsvSource({
        "PROMOTED, 0",
        "ROLLED_BACK, 10",
        "REJECTED, 11",
        "EXPIRED, 12",
        "ABORTED, 15",
        "SUPERSEDED, 16",
        "INTERFERED, 17",
        "REFUSED, 18",
        "LEFT_AS_IS, 19"
    })
    void tellsHowTheReleaseEnded(String outcome, int code) {
        api.story(PictureTest.RAMPING, Views.ended(outcome, "because"));

        Run run = release();

        assertThat(run.code()).isEqualTo(code);
        assertThat(run.out())
                .startsWith("podinfo@6.9.2 " + outcome.replace('_', ' '))
                .endsWith(": because\n");
        assertThat(run.lines()).hasSize(1);
    }

    @Test
    void leavesWhenTheUndoIsStuckAndSaysWhatToDo() {
        api.story(PictureTest.RAMPING, PictureTest.STUCK);

        Run run = release();

        assertThat(run.code()).isEqualTo(14);
        assertThat(run.out())
                .isEqualTo("podinfo@6.9.2 STUCK in production: the undo is not complete:"
                        + " STABLE could not be put back\n");
        assertThat(run.err())
                .endsWith("next: slipway get podinfo@6.9.2\nnext: slipway retry-undo podinfo@6.9.2\n"
                        + "next: slipway accept-as-is podinfo@6.9.2 --reason TEXT\n");
    }

    @Test
    void staysWhenSomebodyHasHelpedTheUndoMeanwhile() {
        String stuck = Json.line(PictureTest.STUCK);
        api.story(PictureTest.RAMPING, PictureTest.STUCK, Views.ended("ROLLED_BACK", "undone at last"));
        // the first look sees it stuck, the second one does not
        api.answers("GET /api/v1/releases/podinfo@6.9.2", 200, stuck)
                .answers("GET /api/v1/releases/podinfo@6.9.2", 200, Json.line(PictureTest.RAMPING))
                .answers("GET /api/v1/releases/podinfo@6.9.2", 200, Json.line(PictureTest.RAMPING));

        assertThat(release().code()).isEqualTo(10);
    }

    @Test
    void stopsWaitingAfterTheTimeoutAndSaysThatItStillRuns() {
        api.story(Views.atApproval());

        Run run = release("--timeout", "300ms");

        assertThat(run.code()).isEqualTo(13);
        assertThat(run.out()).isEqualTo("podinfo@6.9.2 still running: WAITING for production/approve\n");
        assertThat(run.err()).endsWith("next: look again with: slipway get podinfo@6.9.2 --watch\n");
    }

    @ParameterizedTest
    @CsvSource({
        "400, malformed, 3",
        "401, not-authenticated, 4",
        "403, not-allowed, 4",
        "404, not-found, 5",
        "409, other-digests, 5",
        "409, needs-again, 5",
        "413, too-large, 3",
        "422, invalid-pipeline, 3",
        "500, internal, 1",
        "503, temporal-unreachable, 1"
    })
    void tellsWhyTheServerDidNotStartIt(int status, String type, int code) {
        api.refuses("POST /api/v1/releases", status, type, "the server's own sentence");

        Run run = release();

        assertThat(run.code()).isEqualTo(code);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("error: the server's own sentence\n").contains("\nnext: ");
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(Run.slipway("release").code()).isEqualTo(2);
        assertThat(Run.slipway("nonsense").code()).isEqualTo(2);
        assertThat(Run.slipway("get", "--phase", "SLEEPING").code()).isEqualTo(2);
        assertThat(Run.slipway("get", "no-version").err())
                .contains("'no-version' is not SERVICE@VERSION")
                .contains("next: slipway get --help");
    }

    @Test
    void aServerThatIsNotThereIsOne() {
        String url = api.url();
        api.close();

        Run run = Run.with(
                java.util.Map.of("SLIPWAY_URL", url, "SLIPWAY_TOKEN", FakeApi.TOKEN), "", "get", "podinfo@6.9.2");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("error: cannot reach the server at " + url)
                .contains("\nnext: check --server");
    }

    @Test
    void anOutcomeOfAnotherVersionIsNoSuccess() {
        api.story(Views.ended("TELEPORTED", ""));

        Run run = release();

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("the release ended as TELEPORTED, which this slipway does not know");
    }

    @Test
    void everyPhaseButDoneIsStillRunning() {
        for (Phase phase : Phase.values()) {
            if (phase != Phase.DONE && phase != Phase.STUCK) {
                api.story(Views.release(phase, "", "", Views.passed("development")));
                assertThat(release("--timeout", "50ms").code()).as(phase.name()).isEqualTo(13);
            }
        }
    }

    private Run release(String... more) {
        return Pipelines.release(api, file, more);
    }
}
