package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Environment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Policy LENIENT = new Policy(0, Duration.ZERO, false, false);
    private static final List<Environment> TWO = List.of(Platform.DEVELOPMENT, Platform.PRODUCTION);

    @Test
    void refusesAnEnvironmentThatThePlatformDoesNotHave() {
        String yaml = Platform.resource("base.yaml").replace("environment: production", "environment: prodution");

        assertThat(problems(yaml, TWO, LENIENT))
                .containsExactly("release.yaml:19:18: unknown environment 'prodution'; did you mean 'production'?");
    }

    @Test
    void refusesAnotherOrderThanThePlatforms() {
        assertThat(problems(
                        Platform.resource("base.yaml"), List.of(Platform.PRODUCTION, Platform.DEVELOPMENT), LENIENT))
                .containsExactly(
                        "release.yaml:19:18: 'production' comes before 'development' on this platform; the order"
                                + " is production, development");
    }

    @Test
    void refusesToSkipAnEnvironmentBeforeAProtectedOne() {
        Policy policy = new Policy(0, Duration.ZERO, true, false);

        assertThat(problems(Platform.resource("base.yaml"), Platform.ENVIRONMENTS, policy))
                .containsExactly(
                        "release.yaml:19:18: 'production' is protected and comes after staging, which this file"
                                + " skips; add a stage for each before it");
    }

    @Test
    void aFileMayEndBeforeTheProtectedEnvironment() {
        String yaml = Platform.resource("base.yaml").replace("environment: production", "environment: staging");

        assertThat(problems(yaml, Platform.ENVIRONMENTS, Policy.DEFAULT)).isEmpty();
    }

    @Test
    void refusesFewerVotesThanThePlatformDemands() {
        Policy policy = new Policy(2, Duration.ZERO, true, false);

        assertThat(problems(Platform.resource("base.yaml"), TWO, policy))
                .containsExactly("release.yaml:19:18: policy: 'production' is protected and needs 2 people to approve"
                        + " before the rollout, not 1; add to 'before': approve: { group: ..., votes: 2 }");
    }

    @Test
    void countsRampsAndSoaksAsWatchedTime() {
        String yaml = Platform.resource("base.yaml");

        assertThat(problems(yaml, TWO, new Policy(1, Duration.ofMinutes(12), true, false)))
                .isEmpty();
        assertThat(problems(yaml, TWO, new Policy(1, Duration.ofMinutes(13), true, false)))
                .containsExactly(
                        "release.yaml:19:18: policy: 'production' is protected and needs the version watched for"
                                + " 13m, not 12m; raise 'atLeast' of the ramps or 'healthyFor' of the soak");
    }

    private static List<String> problems(String yaml, List<Environment> environments, Policy policy) {
        Pipeline pipeline = Platform.read(yaml).orElseThrow();
        return pipeline.toPlan(environments, policy).problems().stream()
                .map(Problem::toString)
                .toList();
    }
}
