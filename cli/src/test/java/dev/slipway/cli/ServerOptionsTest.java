package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerOptionsTest {
    @TempDir
    private Path folder;

    private final FakeApi api = new FakeApi().story(PictureTest.RAMPING);

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void takesTheTokenFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), FakeApi.TOKEN + "\n");

        Run run = get(Map.of("SLIPWAY_URL", api.url() + "/", "SLIPWAY_TOKEN_FILE", file.toString()));

        assertThat(run.code()).isZero();
    }

    @Test
    void theOptionGoesBeforeTheEnvironment() {
        Run run = Run.with(
                Map.of("SLIPWAY_URL", "http://127.0.0.1:1", "SLIPWAY_TOKEN", FakeApi.TOKEN),
                "",
                "get",
                "podinfo@6.9.2",
                "--server",
                api.url());

        assertThat(run.code()).isZero();
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(get(Map.of()))
                .isEqualTo(new Run(2, "", "error: no server to ask\nnext: give --server URL or set SLIPWAY_URL\n"));
        assertThat(get(Map.of("SLIPWAY_URL", api.url())))
                .isEqualTo(new Run(4, "", "error: no token to authenticate with\nnext: " + Token.SET + "\n"));
        assertThat(get(Map.of("SLIPWAY_URL", api.url(), "SLIPWAY_TOKEN_FILE", "/no/such/file"))
                        .err())
                .startsWith("error: the token file /no/such/file does not exist\n");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void neverShowsTheTokenWhateverGoesWrong() {
        String wrong = "another-s3cret";

        Run refused = get(Map.of("SLIPWAY_URL", api.url(), "SLIPWAY_TOKEN", wrong));
        Run malformed = get(Map.of("SLIPWAY_URL", api.url(), "SLIPWAY_TOKEN", wrong + "\nX-Header: 1"));

        assertThat(refused.code()).isEqualTo(4);
        assertThat(malformed.code()).isEqualTo(4);
        assertThat(refused.out() + refused.err() + malformed.out() + malformed.err())
                .doesNotContain(wrong);
    }

    @Test
    void doesNotCarryTheTokenToWhereARedirectPoints() {
        try (FakeApi other = new FakeApi()) {
            String location = other.url() + "/api/v1/releases/podinfo@6.9.2";
            api.answers("GET /api/v1/releases/podinfo@6.9.2", 302, "text/plain", "", Map.of("Location", location));

            Run run = Run.against(api, "get", "podinfo@6.9.2");

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("answered 302");
            assertThat(other.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:8080", "ftp://host", "http://", "http://user:pass@host", "http://host/?a=b", ":::"})
    void refusesWhatIsNoAddress(String address) {
        Run run = get(Map.of("SLIPWAY_URL", address, "SLIPWAY_TOKEN", FakeApi.TOKEN));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("next: give --server or SLIPWAY_URL as http")
                .doesNotContain("pass@");
    }

    private static Run get(Map<String, String> environment) {
        return Run.with(environment, "", "get", "podinfo@6.9.2");
    }
}
