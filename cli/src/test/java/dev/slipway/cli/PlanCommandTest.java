package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Environment;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleasePlan;
import dev.slipway.pipeline.PipelineReader;
import dev.slipway.pipeline.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    @TempDir
    private Path folder;

    @Test
    void saysInWordsWhatWillHappenAndWhatExactlyRejects() throws IOException {
        Path file = Pipelines.write(folder);

        Run run = Run.slipway("plan", "-f", file.toString(), "--version", "6.9.2");

        assertThat(run.code()).isZero();
        assertThat(run.err()).startsWith("checked offline only");
        assertThat(run.out().replaceAll("sha256:[0-9a-f]{64}", "sha256:...")).isEqualTo(Golden.read("plan.txt"));
    }

    @Test
    void saysWhatSendsRequestsWhileASoakLasts() {
        String loaded = Pipelines.GOOD.replace("healthyFor: 10m,", "healthyFor: 10m, load: { job: '{service}-load' },");
        Path file = Pipelines.write(folder, loaded);

        Run run = Run.slipway("plan", "-f", file.toString(), "--version", "6.9.2");

        assertThat(run.out().replaceAll("\\s+", " "))
                .contains(
                        "healthy for 10m, with at least 1000 requests, under the load of Jobs of CronJob podinfo-load");
    }

    @Test
    void isCheckedByTheServerWhenThereIsOne() {
        Path file = Pipelines.write(folder);
        try (FakeApi api = new FakeApi()) {
            api.answers(
                    "POST /api/v1/plans", 200, Json.line(Map.of("valid", true, "plan", plan(), "problems", List.of())));

            Run run = Run.against(api, "plan", "-f", file.toString(), "--version", "6.9.2", "--image-digest", digest());

            assertThat(run.code()).isZero();
            assertThat(run.err()).isEqualTo("checked by the server: environments and policy agree\n");
            assertThat(run.out())
                    .contains("production  namespace prod-ns, protected")
                    .contains("not all are ready within 5m");
        }
    }

    @Test
    void showsWhatThePlatformsPolicyHasAgainstIt() {
        Path file = Pipelines.write(folder);
        try (FakeApi api = new FakeApi()) {
            api.answers("POST /api/v1/plans", 200, """
                    {"valid":false,"plan":null,"problems":[{"file":"release.yaml","line":20,"column":9,
                     "message":"production needs 2 votes","hint":"write votes: 2"}]}""");

            Run run = Run.against(api, "plan", "-f", file.toString(), "--version", "6.9.2", "--image-digest", digest());

            assertThat(run.code()).isEqualTo(3);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("release.yaml:20:9: production needs 2 votes; write votes: 2");
        }
    }

    @Test
    void theServerIsToldWhoIsNamedAsAuthorAndThatNobodyIs() {
        Path file = Pipelines.write(folder);
        try (FakeApi api = new FakeApi()) {
            api.answers(
                    "POST /api/v1/plans", 200, Json.line(Map.of("valid", true, "plan", plan(), "problems", List.of())));

            Run.against(
                    api,
                    "plan",
                    "-f",
                    file.toString(),
                    "--version",
                    "6.9.2",
                    "--image-digest",
                    digest(),
                    "--author=ann@example.com\nbob@example.com");
            assertThat(Json.read(api.last("POST").part("request")).toString())
                    .isEqualTo("{\"authors\":[\"ann@example.com\",\"bob@example.com\"]}");

            Run.against(api, "plan", "-f", file.toString(), "--version", "6.9.2", "--image-digest", digest());
            assertThat(Json.read(api.last("POST").part("request")).toString()).isEqualTo("{\"authors\":[]}");
        }
    }

    @Test
    void tellsScriptsTheSteps() {
        Path file = Pipelines.write(folder);

        Run run = Run.slipway(
                "plan", "-f", file.toString(), "--version", "6.9.2", "--image-digest", digest(), "-o", "json");

        var document = Json.read(run.out());
        assertThat(document.path("checkedByServer").asBoolean(true)).isFalse();
        assertThat(document.path("imageDigest").asString()).isEqualTo(digest());
        assertThat(document.at("/stages/1/steps")
                        .valueStream()
                        .map(s -> s.path("name").asString()))
                .containsExactly("render", "approve", "canary", "ramp 5%", "ramp 50%", "promote", "soak");
    }

    private static String digest() {
        return Views.digest('a').value();
    }

    private static ReleasePlan plan() {
        return PipelineReader.read("release.yaml", Pipelines.GOOD.getBytes(StandardCharsets.UTF_8))
                .then(p -> p.toPlan(
                        List.of(
                                environment("development", false, "dev-ns"),
                                environment("production", true, "prod-ns")),
                        Policy.DEFAULT))
                .orElseThrow();
    }

    private static Environment environment(String name, boolean isProtected, String namespace) {
        return new Environment(
                new EnvironmentName(name), isProtected, namespace, Duration.ofMinutes(5), 10, Duration.ofMinutes(10));
    }
}
