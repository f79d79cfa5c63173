package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttestCommandTest {
    static final String GOOD = """
            [
              {"name":"unit-tests","status":"passed","subject":"%s",
               "url":"https://ci.example.com/1","producedAt":"2026-11-21T08:00:00Z"}
            ]
            """.formatted(Views.digest('a'));

    private static final String ROUTE = "POST /api/v1/releases/podinfo@6.9.2/evidence";

    private final FakeApi api = new FakeApi();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void sendsTheFileAsItIsAndSaysWhatBecameOfIt() throws IOException {
        api.answers(ROUTE, 200, "{\"message\":\"1 piece of evidence by ci on record\"}");

        Run run = attest(GOOD);

        assertThat(run)
                .isEqualTo(new Run(
                        0,
                        "podinfo@6.9.2 has the evidence: 1 piece of evidence by ci on record\n",
                        "next: slipway get podinfo@6.9.2 --watch\n"));
        assertThat(api.last("POST").body()).isEqualTo(GOOD);
    }

    @Test
    void whatIsWrongIsShownWithItsLineAndNotSent() throws IOException {
        Run run = attest(GOOD.replace("\"passed\"", "\"green\"").replace("T08:00", "T23:00"));

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err())
                .contains("evidence.json has 2 problems")
                .contains("evidence.json:2:33: 'status' is passed or failed, not 'green'")
                .contains("2 |   {\"name\":\"unit-tests\"")
                .contains("'producedAt' (2026-11-21T23:00:00Z) is in the future");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void whatTheServerFindsWrongIsShownToo() throws IOException {
        api.answers(ROUTE, 422, """
                {"type":"https://slipway.dev/problems/invalid-evidence","status":422,"detail":"1 problem in evidence.json",
                 "problems":[{"file":"evidence.json","line":2,"column":54,"message":"'subject' is neither","hint":""}]}
                """);

        Run run = attest(GOOD);

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err())
                .contains("evidence.json:2:54: 'subject' is neither")
                .contains("next: mend the file (docs/evidence.md), then hand it in again");
    }

    @Test
    void aFileThatIsNotThereOrIsNoneIsSaidToBe() throws IOException {
        assertThat(Run.against(api, "attest", "podinfo@6.9.2", "--evidence", folder + "/none.json")
                        .err())
                .contains("there is no file " + folder + "/none.json");
        assertThat(attest("x".repeat(70_000)).err()).contains("at most 64 KiB");
        assertThat(Run.against(api, "attest", "podinfo@6.9.2").code()).isEqualTo(2);
    }

    @Test
    void aReleaseThatWaitsForEvidenceSaysHowToHandItIn() {
        api.story(Views.release(
                Phase.WAITING,
                "evidence unit-tests",
                "unit-tests: nobody has handed it in",
                Views.pending("production")));

        assertThat(Run.against(api, "get", "podinfo@6.9.2").out())
                .contains("evidence unit-tests")
                .contains("slipway attest podinfo@6.9.2 --evidence FILE");
    }

    private Run attest(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("evidence.json"), content);
        return Run.against(api, "attest", "podinfo@6.9.2", "--evidence", file.toString());
    }
}
