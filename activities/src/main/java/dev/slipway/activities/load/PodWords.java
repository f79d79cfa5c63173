package dev.slipway.activities.load;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the pods of a Job tell about why it sends no requests. */
final class PodWords {
    /** What does not pass by itself, or seldom; a container that is being created is merely slow. */
    private static final Set<String> STARTS_NOT = Set.of(
            "ImagePullBackOff",
            "ErrImagePull",
            "ErrImageNeverPull",
            "InvalidImageName",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError",
            "CrashLoopBackOff");

    private final List<Pod> pods;

    PodWords(List<Pod> pods) {
        this.pods = pods;
    }

    boolean none() {
        return pods.isEmpty();
    }

    boolean running() {
        return pods.stream().anyMatch(pod -> "Running".equals(phase(pod)));
    }

    /** Why no pod of a Job that goes on runs; empty when one does, and while they may only be slow. */
    Optional<String> trouble() {
        return running()
                ? waiting(Set.of("CrashLoopBackOff"))
                : waiting(STARTS_NOT).or(this::unscheduled);
    }

    private Optional<String> waiting(Set<String> reasons) {
        return pods.stream()
                .flatMap(pod -> containers(pod)
                        .map(PodWords::state)
                        .filter(state -> state.getWaiting() != null
                                && reasons.contains(
                                        String.valueOf(state.getWaiting().getReason())))
                        .map(state -> said(
                                pod,
                                state.getWaiting().getReason(),
                                state.getWaiting().getMessage())))
                .findFirst();
    }

    private Optional<String> unscheduled() {
        return pods.stream()
                .filter(pod -> pod.getStatus() != null)
                .flatMap(pod -> pod.getStatus().getConditions().stream()
                        .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
                        .map(c -> said(pod, c.getReason(), c.getMessage())))
                .findFirst();
    }

    /** How a pod of a Job that has failed has ended; not its log, which belongs to whoever wrote the load. */
    Optional<String> exit() {
        return pods.stream()
                .flatMap(PodWords::containers)
                .flatMap(container -> Stream.of(state(container), last(container)))
                .filter(state -> state.getTerminated() != null
                        && state.getTerminated().getExitCode() != null
                        && state.getTerminated().getExitCode() != 0)
                .map(state -> "exit code " + state.getTerminated().getExitCode())
                .findFirst();
    }

    private static String said(Pod pod, String reason, String message) {
        String words = message == null || message.isEmpty() ? "" : ": " + message;
        return "pod " + pod.getMetadata().getName() + ": " + reason + words;
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        return pod.getStatus() == null
                ? Stream.of()
                : Stream.of(
                                pod.getStatus().getInitContainerStatuses(),
                                pod.getStatus().getContainerStatuses())
                        .flatMap(List::stream);
    }

    private static ContainerState state(ContainerStatus container) {
        return Optional.ofNullable(container.getState()).orElseGet(ContainerState::new);
    }

    private static ContainerState last(ContainerStatus container) {
        return Optional.ofNullable(container.getLastState()).orElseGet(ContainerState::new);
    }

    private static String phase(Pod pod) {
        return pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
    }
}
