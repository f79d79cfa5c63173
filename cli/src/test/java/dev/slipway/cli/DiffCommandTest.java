package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiffCommandTest {
    private static final String TEXT =
            "podinfo@6.9.2 in production\n=== Deployment/podinfo\n-  a: 1\n+  a: 2\u001b[31m\n";
    private static final String ROUTE = "GET /api/v1/releases/podinfo@6.9.2/diff?environment=production";

    private final FakeApi api = new FakeApi();

    @AfterEach
    void close() {
        api.close();
    }

    private static String digest(String text) {
        return Digests.sha256(text.getBytes(StandardCharsets.UTF_8)).value();
    }

    private Run run(String digest) {
        api.answers(
                ROUTE,
                200,
                Json.line(Map.of(
                        "release", "podinfo@6.9.2", "environment", "production", "digest", digest, "text", TEXT)));
        return Run.against(api, "diff", "podinfo@6.9.2", "--environment", "production");
    }

    @Test
    void showsAllOfItAndItsDigest() {
        Run run = run(digest(TEXT));

        assertThat(run.code()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "podinfo@6.9.2 in production",
                        "=== Deployment/podinfo",
                        "-  a: 1",
                        "+  a: 2[31m",
                        digest(TEXT));
    }

    @Test
    void aTextThatIsNotTheOneOfTheQuestionIsNotShown() {
        Run run = run(digest("another"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("is not the one that was asked about", "decide on nothing");
    }

    @Test
    void withoutAnEnvironmentItSaysWhatIsMissing() {
        assertThat(Run.against(api, "diff", "podinfo@6.9.2").err()).contains("--environment");
    }
}
