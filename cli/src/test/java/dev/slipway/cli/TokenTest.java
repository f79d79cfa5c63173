package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTest {
    private static final String ASK = "GET /token?version=2&audience=https%3A%2F%2Fslipway.example.com";
    private static final String CREDENTIAL = "request-s3cret";

    @TempDir
    private Path folder;

    private final FakeApi api = new FakeApi().story(PictureTest.RAMPING);
    private final FakeApi github = new FakeApi();

    @AfterEach
    void close() {
        api.close();
        github.close();
    }

    private Map<String, String> job() {
        return Map.of(
                "SLIPWAY_URL",
                api.url(),
                "SLIPWAY_OIDC_AUDIENCE",
                "https://slipway.example.com",
                "ACTIONS_ID_TOKEN_REQUEST_URL",
                github.url() + "/token?version=2",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                CREDENTIAL);
    }

    private FakeApi gives(String token) {
        return github.answers(ASK, 200, Json.line(Map.of("value", token)));
    }

    @Test
    void aJobFetchesItsTokenForTheServersAudience() {
        gives(FakeApi.TOKEN);

        Run run = Run.with(job(), "", "get", "podinfo@6.9.2");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(github.last("GET").headers().get("Authorization")).isEqualTo("Bearer " + CREDENTIAL);
        assertThat(api.last("GET").headers().get("Authorization")).isEqualTo("Bearer " + FakeApi.TOKEN);
    }

    @Test
    void eachChangeHasATokenOfItsOwnAndLooksShareOne() {
        for (String token : List.of("first", "second", "third")) {
            gives(token);
        }
        Terminal terminal = Run.terminal(job());
        Token token = ActionsToken.of(terminal, "https://slipway.example.com");

        assertThat(token.next(false)).isEqualTo("first");
        assertThat(token.next(false)).isEqualTo("first");
        assertThat(token.next(true)).isEqualTo("second");
        assertThat(token.next(false)).isEqualTo("second");
        assertThat(token.next(true)).isEqualTo("third");
    }

    @Test
    void aTokenThatIsGivenGoesBeforeOneThatIsFetched() {
        Map<String, String> environment = new java.util.HashMap<>(job());
        environment.put("SLIPWAY_TOKEN", FakeApi.TOKEN);

        assertThat(Run.with(environment, "", "get", "podinfo@6.9.2").code()).isZero();
        assertThat(github.requests()).isEmpty();
    }

    @Test
    void saysWhatAJobNeedsThatGetsNone() {
        Map<String, String> bare =
                Map.of("SLIPWAY_URL", api.url(), "SLIPWAY_OIDC_AUDIENCE", "https://slipway.example.com");
        assertThat(Run.with(bare, "", "get", "podinfo@6.9.2"))
                .satisfies(run -> assertThat(run.code()).isEqualTo(4))
                .satisfies(run -> assertThat(run.err()).contains("permissions: { id-token: write"));
        github.answers(ASK, 403, "{}");
        Run refused = Run.with(job(), "", "get", "podinfo@6.9.2");
        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err()).contains("it answered 403").doesNotContain(CREDENTIAL);
        github.answers(ASK, 503, "{}");
        assertThat(Run.with(job(), "", "get", "podinfo@6.9.2").code()).isEqualTo(1);
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void theCredentialOfTheJobGoesToHttpsAlone() {
        Map<String, String> environment = new java.util.HashMap<>(job());
        environment.put("ACTIONS_ID_TOKEN_REQUEST_URL", "http://example.com/token");

        Run run = Run.with(environment, "", "get", "podinfo@6.9.2");

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).contains("ACTIONS_ID_TOKEN_REQUEST_URL is no https address");
    }

    @Test
    void aTokenFileIsReadAgainAtEachCall() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "before");
        Token token = Token.inFile(file.toString());
        assertThat(token.next(false)).isEqualTo("before");

        Files.writeString(file, "after\n");

        assertThat(token.next(false)).isEqualTo("after");
    }

    @Test
    void whatTheServerSaysToDoAboutATokenIsShown() {
        api.answers(
                "GET /api/v1/releases/podinfo@6.9.2",
                401,
                Json.line(Map.of(
                        "type",
                        "https://slipway.dev/problems/token-used",
                        "detail",
                        "this token has asked for a change already",
                        "next",
                        "get a new token from its issuer")));

        Run run = Run.against(api, "get", "podinfo@6.9.2");

        assertThat(run)
                .isEqualTo(new Run(
                        4,
                        "",
                        "error: this token has asked for a change already\nnext: get a new token from its issuer\n"));
    }
}
