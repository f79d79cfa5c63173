package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.BundleRef;
import dev.slipway.model.Digest;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Image;
import dev.slipway.model.PriorState;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Resource;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.Helm;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Payloads;
import dev.slipway.workflows.undo.Permit;
import dev.slipway.workflows.undo.Stamp;
import dev.slipway.workflows.undo.UndoLedger;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The activities inside Temporal, with a helm that does what the test says. */
@Timeout(240)
class HelmActivitiesTest {
    private static final HelmTarget TARGET = new HelmTarget(new EnvironmentName("production"), "production", "podinfo");
    private static final String CANARY = "values-canary-secret";
    private static final String NOT_FOUND =
            "[ \"$1\" = history ] && { echo 'Error: release: not found' >&2; exit 1; }\n";

    @TempDir
    Path folder;

    private final List<String> heartbeats = new ArrayList<>();
    private final TestActivityEnvironment temporal =
            TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Payloads.converter())
                            .build())
                    .build());

    @BeforeEach
    void bundle() throws IOException {
        Path chart = Files.createDirectories(folder.resolve("bundle/chart"));
        Files.writeString(chart.resolve("Chart.yaml"), "name: podinfo\n");
        Files.writeString(chart.resolve("values.yaml"), "replicaCount: 4\n");
        Files.writeString(folder.resolve("bundle/values.yaml"), "db: { password: " + CANARY + " }\n");
        temporal.setActivityHeartbeatListener(String.class, heartbeats::add);
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void valuesGoToHelmOnStandardInputAndNowhereElse() {
        ScriptedHelm helm = ScriptedHelm.doing(
                folder,
                NOT_FOUND + "cat > \"$dir/stdin\"; echo \"Error: cannot log in with " + CANARY + "\" >&2; exit 1");
        ApplicationFailure failure = failureOf(helm);

        assertThat(helm.file("stdin")).contains(CANARY).contains("\"digest\":\"sha256:aaa");
        assertThat(helm.calls().toString()).doesNotContain(CANARY);
        assertThat(helm.environment().toString()).doesNotContain(CANARY);
        assertThat(failure.toString()).doesNotContain(CANARY);
        assertThat(failure.getOriginalMessage()).isEqualTo("helm upgrade podinfo: cannot log in with [redacted]");
    }

    @Test
    void helmsExitCodeIsNotTheTruth() {
        ScriptedHelm helm = ScriptedHelm.doing(folder, NOT_FOUND + "cat > /dev/null; exit 0");
        assertThat(failureOf(helm).getType()).isEqualTo("UNKNOWN");
    }

    @Test
    void aClusterThatDoesNotAnswerIsTriedAgain() {
        ScriptedHelm helm = ScriptedHelm.doing(
                folder, "echo 'Error: kubernetes cluster unreachable: connection refused' >&2; exit 1");
        ApplicationFailure failure = failureOf(helm);
        assertThat(failure.getType()).isEqualTo("UNREACHABLE");
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(helm.calls()).hasSize(1);
    }

    @Test
    void aFailedHookIsNotRunAgain() {
        ScriptedHelm helm = ScriptedHelm.doing(
                folder, NOT_FOUND + "echo 'Error: UPGRADE FAILED: pre-upgrade hooks failed: job failed' >&2; exit 1");
        ApplicationFailure failure = failureOf(helm);
        assertThat(failure.getType()).isEqualTo("HOOK_FAILED");
        assertThat(failure.isNonRetryable()).isTrue();
    }

    @Test
    void temporalHearsThatHelmIsAtWork() {
        failureOf(ScriptedHelm.doing(folder, NOT_FOUND + "sleep 0.5; exit 1"));
        // which of its calls is told depends on how long each takes: the SDK lets few heartbeats through
        assertThat(heartbeats).anyMatch(beat -> beat.matches("helm (history|upgrade) podinfo, \\d+ s"));
    }

    @Test
    void aBundleWithoutTheValuesFileIsRefusedBeforeHelmIsCalled() throws IOException {
        Files.delete(folder.resolve("bundle/values.yaml"));
        ScriptedHelm helm = ScriptedHelm.doing(folder, "exit 0");
        assertThat(failureOf(helm).getOriginalMessage()).contains("'values.yaml'");
        assertThat(helm.calls()).isEmpty();
    }

    private ApplicationFailure failureOf(ScriptedHelm scripted) {
        HelmSettings settings = HelmSettings.of(scripted.binary(), Optional.empty(), scripted.kubeconfig());
        try (HelmActivities activities = new HelmActivities(
                settings,
                digest -> folder.resolve("bundle"),
                HelmProcess.checked(settings),
                new EverybodyWrites(),
                Pulse::ofActivity)) {
            temporal.registerActivitiesImplementations(activities);
            Helm helm = temporal.newActivityStub(Helm.class);
            ActivityFailure failure =
                    Assertions.catchThrowableOfType(ActivityFailure.class, () -> helm.apply(permit(), order()));
            return (ApplicationFailure) failure.getCause();
        }
    }

    private static Permit permit() {
        Stamp stamp = new Stamp(ReleaseId.parse("podinfo@1"), 1, TARGET.environment(), "run-1");
        return new UndoLedger(stamp, (priors, epoch) -> {}).open(Resource.STABLE, PriorState.Absent::new);
    }

    private static DeployOrder order() {
        Digest digest = new Digest("sha256:" + "a".repeat(64));
        return new DeployOrder(
                TARGET,
                new BundleRef(digest, "chart"),
                List.of("values.yaml"),
                new Image("r/podinfo", "1", digest, "image"),
                Optional.empty(),
                Duration.ofMinutes(1),
                10);
    }
}
