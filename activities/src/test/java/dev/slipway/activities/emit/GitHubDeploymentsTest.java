package dev.slipway.activities.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.RecordBatch;
import dev.slipway.workflows.api.Sink;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A whole release as GitHub shows it, and what GitHub may do with a request. */
class GitHubDeploymentsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final RecordBatch BATCH = new RecordBatch(
            "run",
            1,
            List.of(new Fact(
                    Instant.EPOCH,
                    Optional.of(new EnvironmentName("production")),
                    Fact.Kind.MOVED,
                    "RUNNING",
                    Map.of("phase", "RUNNING"),
                    List.of())),
            CdEventsTest.view("OPEN"));

    private final FakeGitHub github = new FakeGitHub();

    @AfterEach
    void close() {
        github.close();
    }

    @Test
    void aReleaseHasOneDeploymentAndEachMoveOnceThoughAnswersAreLost() {
        github.losingTheAnswerOfAPost().losingTheAnswerOfAPost();
        List<RecordBatch> told = putBack(listener(FakeGitHub.TOKEN));
        told.forEach(listener(FakeGitHub.TOKEN)::hear);

        assertThat(github.deployments()).singleElement().satisfies(deployment -> {
            assertThat(deployment.path("ref").asText()).isEqualTo("v2.0.0");
            assertThat(deployment.path("environment").asText()).isEqualTo("production");
            assertThat(deployment.path("auto_merge").asBoolean(true)).isFalse();
            assertThat(deployment.path("payload").path("release").asText()).isEqualTo("podinfo@2.0.0");
        });
        assertThat(github.statuses())
                .as("also when all is told again")
                .doesNotHaveDuplicates()
                .first()
                .asString()
                .startsWith("in_progress [");
        assertThat(github.statuses().get(github.statuses().size() - 1)).contains("failure [", "ROLLED_BACK");
        assertThat(github.lastStatus().path("log_url").asText()).isEqualTo("https://ui/podinfo%402.0.0");
        assertThat(github.lastStatus().path("environment_url").asText()).isEqualTo("https://podinfo.example.com");
    }

    @Test
    void aLimitIsWaitedForAsLongAsGitHubSays() {
        github.answering(403, "Retry-After", "60");
        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> listener(FakeGitHub.TOKEN).hear(BATCH))
                .satisfies(failure -> assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(60)));

        github.answering(429, "Retry-After", "7");
        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> listener(FakeGitHub.TOKEN).hear(BATCH))
                .satisfies(failure -> assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(7)));
        long reset = Instant.now().plus(Duration.ofMinutes(50)).getEpochSecond();
        github.answering(403, "x-ratelimit-remaining", "0", "x-ratelimit-reset", Long.toString(reset));
        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> listener(FakeGitHub.TOKEN).hear(BATCH))
                .satisfies(failure -> assertThat(failure.getNextRetryDelay())
                        .isBetween(Duration.ofMinutes(1), Duration.ofMinutes(50)));
    }

    @Test
    void aTokenThatMayNotIsAnErrorInTheLogAndHoldsNothingUp() {
        Logger logger = (Logger) LoggerFactory.getLogger(GitHubDeployments.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);

        listener("wrong").hear(BATCH);
        logger.detachAppender(logged);

        assertThat(github.deployments()).isEmpty();
        assertThat(logged.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getFormattedMessage())
                    .contains("podinfo@2.0.0", "acme/podinfo", "401 Bad credentials")
                    .doesNotContain("wrong");
        });
    }

    /** A release that is put back, told to this one; answers what it was told. */
    private static List<RecordBatch> putBack(GitHubDeployments listener) {
        List<RecordBatch> told = new CopyOnWriteArrayList<>();
        try (Scenario slipway = new Scenario("production")) {
            slipway.sinks.real(new Emitter(Map.of(Sink.GITHUB, batch -> {
                listener.hear(batch);
                told.add(batch);
            })));
            slipway.cluster.running("production", "podinfo", "1.0.0");
            slipway.watch.then(Verdict.failed("errors"));
            slipway.end(slipway.start(Plans.telling(
                    Plans.order("2.0.0", Map.of(), Plans.canary("production", List.of(), 10)), Sink.GITHUB)));
            slipway.sleepUntil(
                    Duration.ofHours(1),
                    "the end is told",
                    () -> told.stream()
                            .flatMap(batch -> batch.facts().stream())
                            .anyMatch(fact -> fact.kind() == Fact.Kind.ENDED
                                    && fact.environment().isEmpty()));
        }
        return told;
    }

    private GitHubDeployments listener(String token) {
        return new GitHubDeployments(
                new GitHubApi(github.api(), () -> token, LONG),
                new GitHubDeployments.Places(
                        Map.of("podinfo", "acme/podinfo"),
                        "v{version}",
                        "https://ui/{release}",
                        Map.of("production", "https://podinfo.example.com")));
    }
}
