package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PodTroubleTest {
    @Test
    void aReadyPodAndOneThatGoesAwayAreNoTrouble() {
        Pod ready = pod(c -> c.withReady(true), true);
        Pod leaving = new PodBuilder(pod(waiting("CrashLoopBackOff", "", 9), false))
                .editMetadata()
                .withDeletionTimestamp("2026-11-21T09:00:00Z")
                .endMetadata()
                .build();

        assertThat(PodTrouble.of("Deployment podinfo", ready, PodTroubleTest::none))
                .isEmpty();
        assertThat(PodTrouble.of("Deployment podinfo", leaving, PodTroubleTest::none))
                .isEmpty();
    }

    @Test
    void aCrashLoopIsFinalAfterTwoRestartsAndNamesTheLastExit() {
        assertThat(trouble(waiting("CrashLoopBackOff", "back-off 10s", 1)).patience())
                .isEmpty();

        Trouble last = trouble(waiting("CrashLoopBackOff", "back-off 20s", 2));

        assertThat(last.patience()).contains(Duration.ZERO);
        assertThat(last.sentence())
                .isEqualTo("Deployment podinfo, pod podinfo-1, container podinfo: CrashLoopBackOff: 2 restarts, last"
                        + " exit code 137 (OOMKilled): no memory");
    }

    @Test
    void anImageThatCannotBePulledIsGivenFiveSecondsUnderBothItsNames() {
        Trouble first = trouble(waiting("ErrImagePull", "not found", 0));
        Trouble second = trouble(waiting("ImagePullBackOff", "Back-off pulling image", 0));

        assertThat(first.cause()).isEqualTo(second.cause());
        assertThat(first.patience()).contains(Duration.ofSeconds(5));
    }

    @Test
    void wrongConfigurationIsFinal() {
        assertThat(trouble(waiting("CreateContainerConfigError", "secret \"x\" not found", 0)))
                .satisfies(t -> assertThat(t.patience()).contains(Duration.ofSeconds(3)))
                .satisfies(t -> assertThat(t.words()).isEqualTo("secret \"x\" not found"));
        assertThat(trouble(waiting("InvalidImageName", "bad", 0)).patience()).contains(Duration.ZERO);
    }

    @Test
    void aSlowPodIsNotFinal() {
        assertThat(trouble(waiting("ContainerCreating", "", 0)).patience()).isEmpty();
        assertThat(trouble(waiting("PodInitializing", "", 0)).patience()).isEmpty();
        assertThat(trouble(running(0).andThen(c -> c.withStarted(false))::apply))
                .satisfies(t -> {
                    assertThat(t.cause()).isEqualTo("Starting");
                    assertThat(t.patience()).isEmpty();
                });
    }

    @Test
    void aContainerThatRunsAndIsNotReadyIsToldAtTheLimitOnly() {
        Trouble trouble = trouble(running(0).andThen(c -> c.withStarted(true))::apply);

        assertThat(trouble.cause()).isEqualTo("NotReady");
        assertThat(trouble.patience()).isEmpty();
    }

    @Test
    void aContainerKilledByItsStartupProbeIsFinalAtTheFirstRestart() {
        PodEvents events = new PodEvents(List.of(
                event(
                        "Unhealthy",
                        "Startup probe failed: HTTP probe failed with statuscode: 503",
                        "2026-11-21T09:00:01Z"),
                event("Killing", "Container podinfo failed startup probe, will be restarted", "2026-11-21T09:00:02Z")));

        Trouble trouble = PodTrouble.of("Deployment podinfo", pod(running(1)::apply, false), () -> events)
                .orElseThrow();

        assertThat(trouble.cause()).isEqualTo("StartupProbeFailed");
        assertThat(trouble.patience()).contains(Duration.ZERO);
        assertThat(trouble.words()).contains("statuscode: 503", "1 restart");
    }

    @Test
    void aContainerThatKeepsRestartingWhileItRunsIsFinalAtTheThirdRestart() {
        assertThat(trouble(running(2)::apply).patience()).isEmpty();
        assertThat(trouble(running(3)::apply).patience()).contains(Duration.ZERO);
    }

    @Test
    void anUnschedulablePodIsFinalUnlessANodeIsOnItsWay() {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("podinfo-1")
                .endMetadata()
                .withNewStatus()
                .withPhase("Pending")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/1 nodes are available: 1 Insufficient nvidia.com/gpu.")
                .endCondition()
                .endStatus()
                .build();
        PodEvents scaling = new PodEvents(List.of(event("TriggeredScaleUp", "1->2", "2026-11-21T09:00:00Z")));

        assertThat(PodTrouble.of("Deployment podinfo", pod, PodTroubleTest::none))
                .hasValueSatisfying(t -> {
                    assertThat(t.patience()).contains(Duration.ofSeconds(15));
                    assertThat(t.words()).contains("Insufficient nvidia.com/gpu");
                });
        assertThat(PodTrouble.of("Deployment podinfo", pod, () -> scaling))
                .hasValueSatisfying(t -> assertThat(t.patience()).isEmpty());
    }

    @Test
    void aVolumeThatCannotBeMountedIsTheCauseOfEndlessCreating() {
        PodEvents events = new PodEvents(List.of(
                event("FailedMount", "MountVolume.SetUp failed: secret \"keys\" not found", "2026-11-21T09:00:00Z")));

        assertThat(PodTrouble.of("Deployment podinfo", pod(waiting("ContainerCreating", "", 0), false), () -> events))
                .hasValueSatisfying(t -> {
                    assertThat(t.cause()).isEqualTo("FailedMount");
                    assertThat(t.patience()).contains(Duration.ofSeconds(10));
                    assertThat(t.words()).contains("secret \"keys\" not found");
                });
    }

    private static PodEvents none() {
        return new PodEvents(List.of());
    }

    private static Event event(String reason, String message, String at) {
        return new EventBuilder()
                .withNewMetadata()
                .endMetadata()
                .withReason(reason)
                .withMessage(message)
                .withLastTimestamp(at)
                .build();
    }

    private static Trouble trouble(UnaryOperator<ContainerStatusBuilder> container) {
        return PodTrouble.of("Deployment podinfo", pod(container, false), PodTroubleTest::none)
                .orElseThrow();
    }

    private static UnaryOperator<ContainerStatusBuilder> waiting(String reason, String message, int restarts) {
        return c -> c.withRestartCount(restarts)
                .withState(new ContainerStateBuilder()
                        .withNewWaiting()
                        .withReason(reason)
                        .withMessage(message)
                        .endWaiting()
                        .build())
                .withLastState(new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(137)
                        .withReason("OOMKilled")
                        .withMessage("starting\n  no memory\n")
                        .endTerminated()
                        .build());
    }

    private static UnaryOperator<ContainerStatusBuilder> running(int restarts) {
        return c -> c.withRestartCount(restarts)
                .withState(new ContainerStateBuilder()
                        .withNewRunning()
                        .endRunning()
                        .build());
    }

    private static Pod pod(UnaryOperator<ContainerStatusBuilder> container, boolean ready) {
        ContainerStatusBuilder status = new ContainerStatusBuilder()
                .withName("podinfo")
                .withReady(false)
                .withRestartCount(0);
        return new PodBuilder()
                .withNewMetadata()
                .withName("podinfo-1")
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .withContainerStatuses(container.apply(status).build())
                .endStatus()
                .build();
    }
}
