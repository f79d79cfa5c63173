package dev.slipway.activities.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The events of one pod, or of the workload that makes it, oldest first. */
record PodEvents(List<Event> list) {
    private static final Set<String> MOUNT = Set.of("FailedMount", "FailedAttachVolume");
    /** What a node autoscaler says when it is making room. */
    private static final Set<String> SCALING = Set.of("TriggeredScaleUp", "Nominated");

    PodEvents {
        list = list.stream().sorted(Comparator.comparing(PodEvents::time)).toList();
    }

    /** Why a volume cannot be mounted. */
    Optional<Event> failedMount() {
        return last(e -> MOUNT.contains(reason(e)));
    }

    /** Why a workload cannot create its pods. */
    Optional<Event> failedCreate() {
        return last(e -> reason(e).equals("FailedCreate"));
    }

    /** Whether a node is on its way. */
    boolean isScalingUp() {
        return last(e -> SCALING.contains(reason(e))).isPresent();
    }

    /** Whether the kubelet has killed a container because it did not start up in time. */
    boolean killedAtStartUp() {
        return last(e -> reason(e).equals("Killing") && message(e).contains("failed startup probe"))
                .isPresent();
    }

    /** What the last failed probe answered. */
    Optional<String> lastProbe() {
        return last(e -> reason(e).equals("Unhealthy")).map(PodEvents::message);
    }

    /** The last ones, one per line. */
    String tail(int count) {
        return String.join(
                "\n",
                list.stream()
                        .skip(Math.max(0, list.size() - count))
                        .map(e -> reason(e) + times(e) + ": " + message(e))
                        .toList());
    }

    private Optional<Event> last(Predicate<Event> which) {
        return list.stream().filter(which).reduce((earlier, later) -> later);
    }

    private static String times(Event event) {
        return event.getCount() != null && event.getCount() > 1 ? " (x" + event.getCount() + ")" : "";
    }

    private static String reason(Event event) {
        return Optional.ofNullable(event.getReason()).orElse("");
    }

    static String message(Event event) {
        return Optional.ofNullable(event.getMessage()).orElse("");
    }

    /** ISO times of the API compare as text. */
    private static String time(Event event) {
        return Optional.ofNullable(event.getLastTimestamp())
                .or(() -> Optional.ofNullable(event.getEventTime()).map(t -> t.getTime()))
                .or(() -> Optional.ofNullable(event.getMetadata().getCreationTimestamp()))
                .orElse("");
    }
}
