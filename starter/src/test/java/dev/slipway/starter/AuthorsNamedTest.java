package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Where the platform wants to know who wrote what goes into a protected environment. */
class AuthorsNamedTest {
    @TempDir
    Path folder;

    @Test
    void whatNamesNobodyGoesIntoNoProtectedEnvironment() throws Exception {
        try (Installation slipway = Installation.wholeWith(folder, "--slipway.starter.policy.authors-named=true")) {
            Api ci = slipway.as("ci");
            byte[] bundle = Installation.bundle(folder, "podinfo", "");

            Api.Answer refused = ci.start(bundle, Api.request("1.0.0"));

            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.problem()).isEqualTo("authors-missing");
            assertThat(refused.detail())
                    .isEqualTo("policy: 'production' is protected and needs to know who wrote what is released, so that"
                            + " they do not approve it");
            assertThat(ci.get("/api/v1/releases/podinfo@1.0.0").status()).isEqualTo(404);
            assertThat(ci.start(bundle, Api.request("1.0.0", Api.image("x"), ",\"authors\":[]"))
                            .problem())
                    .isEqualTo("authors-missing");
            assertThat(ci.start(bundle, Api.request("1.0.0", Api.image("x"), ",\"authors\":[\"ann\"]"))
                            .status())
                    .isEqualTo(202);
        }
    }

    @Test
    void aPlanSaysItBeforehandInTheSameWordsBesideWhateverElseIsWrong() throws Exception {
        try (Installation slipway = Installation.wholeWith(folder, "--slipway.starter.policy.authors-named=true")) {
            Api ci = slipway.as("ci");
            byte[] bundle = Installation.bundle(folder, "podinfo", "");

            JsonNode refused = ci.plan(bundle, "{\"authors\":[]}").body();

            assertThat(refused.path("valid").asBoolean()).isFalse();
            assertThat(refused.path("plan").isNull()).isTrue();
            JsonNode problem = refused.path("problems").get(0);
            Api.Answer release = ci.start(bundle, Api.request("1.0.0"));
            assertThat(problem.path("message").asString()).isEqualTo(release.detail());
            assertThat(problem.path("hint").asString())
                    .isEqualTo(release.body().path("next").asString());
            assertThat(line(bundle, problem.path("line").asInt())).contains("environment: production");

            byte[] hasty = Installation.bundle(
                    folder, "podinfo", "", yaml -> yaml.replace("healthyFor: 10m", "healthyFor: 1m"));
            assertThat(ci.plan(hasty, "{}").body().path("problems")).hasSize(2);
            assertThat(ci.plan(bundle, "{\"authors\":[\"ann\"]}")
                            .body()
                            .path("valid")
                            .asBoolean())
                    .isTrue();
            assertThat(ci.plan(bundle).body().path("valid").asBoolean())
                    .as("an older slipway cannot name any")
                    .isTrue();
        }
    }

    private static String line(byte[] bundle, int number) {
        return Plans.require(Plans.bundle(bundle).pipeline())
                .source()
                .text()
                .lines()
                .toList()
                .get(number - 1);
    }

    @Test
    void whatGoesNowhereProtectedNeedNotSayIt() throws Exception {
        try (Installation slipway = Installation.wholeWith(folder, "--slipway.starter.policy.authors-named=true")) {
            byte[] bundle = Installation.bundle(
                    folder, "early", "", yaml -> yaml.substring(0, yaml.indexOf("  - environment: production")));

            assertThat(slipway.as("ci").plan(bundle, "{}").body().path("valid").asBoolean())
                    .isTrue();
            assertThat(slipway.as("ci").start(bundle, Api.request("1.0.0")).status())
                    .isEqualTo(202);
        }
    }
}
