package dev.slipway.activities.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one pod of the newest revision: the rules that tell a pod that cannot start by itself any more from
 * one that is merely slow. A container that is being created, or whose startup probe has not passed yet, is slow. A
 * container that runs and is not ready may become so at any time up to the limit.
 */
final class PodTrouble {
    private static final Duration AT_ONCE = Duration.ZERO;
    /** The kubelet learns of a new ConfigMap or Secret with a delay. */
    private static final Duration CONFIG = Duration.ofSeconds(3);

    private static final Duration IMAGE = Duration.ofSeconds(5);
    private static final Duration MOUNT = Duration.ofSeconds(10);
    private static final Duration UNSCHEDULABLE = Duration.ofSeconds(15);
    private static final int FINAL_RESTARTS = 2;
    /** A container that runs between its restarts is told later: it may have had one bad start. */
    private static final int FINAL_RESTARTS_WHILE_RUNNING = 3;

    private final String workload;
    private final Pod pod;
    private final Supplier<PodEvents> events;

    private PodTrouble(String workload, Pod pod, Supplier<PodEvents> events) {
        this.workload = workload;
        this.pod = pod;
        this.events = events;
    }

    /**
     * @param events asked only when they can make a difference
     * @return empty for a pod that is ready or goes away
     */
    static Optional<Trouble> of(String workload, Pod pod, Supplier<PodEvents> events) {
        if (pod.getMetadata().getDeletionTimestamp() != null || isTrue(pod, "Ready")) {
            return Optional.empty();
        }
        return Optional.of(new PodTrouble(workload, pod, events).find());
    }

    private Trouble find() {
        return unscheduled()
                .or(() -> containers().flatMap(c -> killedAtStartUp(c).stream()).findFirst())
                .or(() -> containers().flatMap(c -> waiting(c).stream()).findFirst())
                .or(() -> containers().flatMap(c -> restarting(c).stream()).findFirst())
                .or(() -> containers().flatMap(c -> notReady(c).stream()).findFirst())
                .orElseGet(() -> trouble(null, "NotReady", phase(), null));
    }

    private Optional<Trouble> unscheduled() {
        return condition(pod, "PodScheduled")
                .filter(c -> c.getStatus().equals("False"))
                .map(c -> {
                    boolean fin = "Unschedulable".equals(c.getReason())
                            && !events.get().isScalingUp();
                    return trouble(null, text(c.getReason()), text(c.getMessage()), fin ? UNSCHEDULABLE : null);
                });
    }

    private Optional<Trouble> waiting(ContainerStatus container) {
        if (state(container).getWaiting() == null) {
            return Optional.empty();
        }
        String reason = text(state(container).getWaiting().getReason());
        String message = text(state(container).getWaiting().getMessage());
        return Optional.of(
                switch (reason) {
                    case "CrashLoopBackOff" ->
                        trouble(
                                container,
                                reason,
                                restarts(container),
                                container.getRestartCount() >= FINAL_RESTARTS ? AT_ONCE : null);
                    // the two alternate, with the better message in either
                    case "ErrImagePull", "ImagePullBackOff" -> trouble(container, "ImagePullBackOff", message, IMAGE);
                    case "InvalidImageName" -> trouble(container, reason, message, AT_ONCE);
                    case "ErrImageNeverPull", "CreateContainerError", "RunContainerError" ->
                        trouble(container, reason, message, IMAGE);
                    case "CreateContainerConfigError" -> trouble(container, reason, message, CONFIG);
                    default -> creating(container, reason, message);
                });
    }

    private Trouble creating(ContainerStatus container, String reason, String message) {
        return events.get()
                .failedMount()
                .map(e -> trouble(null, e.getReason(), PodEvents.message(e), MOUNT))
                .orElseGet(() -> trouble(container, reason.isEmpty() ? "Waiting" : reason, message, null));
    }

    /** The startup probe's limit is the chart's own word for how long a start may take: there is no second start. */
    private Optional<Trouble> killedAtStartUp(ContainerStatus container) {
        if (container.getRestartCount() == 0
                || container.getReady()
                || !events.get().killedAtStartUp()) {
            return Optional.empty();
        }
        String probe = events.get().lastProbe().orElse("the startup probe failed");
        return Optional.of(trouble(container, "StartupProbeFailed", probe + "; " + restarts(container), AT_ONCE));
    }

    private Optional<Trouble> restarting(ContainerStatus container) {
        if (container.getRestartCount() == 0 || isDone(container) || container.getReady()) {
            return Optional.empty();
        }
        boolean fin = container.getRestartCount() >= FINAL_RESTARTS_WHILE_RUNNING;
        return Optional.of(trouble(container, "Restarting", restarts(container), fin ? AT_ONCE : null));
    }

    private Optional<Trouble> notReady(ContainerStatus container) {
        if (container.getReady() || isDone(container)) {
            return Optional.empty();
        }
        if (state(container).getTerminated() != null) {
            return Optional.of(
                    trouble(container, "Terminated", exit(state(container).getTerminated()), null));
        }
        boolean starting = Boolean.FALSE.equals(container.getStarted());
        return Optional.of(trouble(
                container,
                starting ? "Starting" : "NotReady",
                starting ? "it runs, its startup probe has not passed yet" : "it runs but is not ready",
                null));
    }

    private static String restarts(ContainerStatus container) {
        ContainerState last = container.getLastState();
        String exit = last == null || last.getTerminated() == null ? "" : ", last " + exit(last.getTerminated());
        int count = container.getRestartCount();
        return count + (count == 1 ? " restart" : " restarts") + exit;
    }

    private static String exit(ContainerStateTerminated terminated) {
        String message = lastLine(text(terminated.getMessage()));
        String reason = terminated.getReason() == null ? "" : " (" + terminated.getReason() + ")";
        return "exit code " + terminated.getExitCode() + reason + (message.isEmpty() ? "" : ": " + message);
    }

    /** The message may be the end of the log; programs tend to say last why they stop. */
    private static String lastLine(String message) {
        return message.strip().lines().reduce("", (before, line) -> line.strip());
    }

    private String phase() {
        String message = text(pod.getStatus().getMessage());
        String reason = text(pod.getStatus().getReason());
        return Stream.of("phase " + pod.getStatus().getPhase(), reason, message)
                .filter(s -> !s.isEmpty())
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }

    private Stream<ContainerStatus> containers() {
        return Stream.of(
                        pod.getStatus().getInitContainerStatuses(),
                        pod.getStatus().getContainerStatuses())
                .flatMap(List::stream);
    }

    /** An init container that did its work. */
    private static boolean isDone(ContainerStatus container) {
        ContainerStateTerminated terminated = state(container).getTerminated();
        return terminated != null && terminated.getExitCode() == 0;
    }

    private static ContainerState state(ContainerStatus container) {
        return Optional.ofNullable(container.getState()).orElseGet(ContainerState::new);
    }

    private static boolean isTrue(Pod pod, String type) {
        return condition(pod, type).filter(c -> c.getStatus().equals("True")).isPresent();
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus().getConditions().stream()
                .filter(c -> c.getType().equals(type))
                .findFirst();
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private Trouble trouble(
            @Nullable ContainerStatus container, String cause, String words, @Nullable Duration patience) {
        return new Trouble(
                workload,
                Optional.of(pod.getMetadata().getName()),
                Optional.ofNullable(container).map(ContainerStatus::getName),
                cause,
                words,
                Optional.ofNullable(patience));
    }
}
