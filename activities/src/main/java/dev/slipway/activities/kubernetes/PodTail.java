package dev.slipway.activities.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last words of a pod: why its containers wait or ended, and the end of their logs, without what looks like a secret. */
public final class PodTail {
    private static final int LINES = 10;
    private static final int CHARACTERS = 600;
    private static final int WHY = 200;

    private final KubernetesClient client;

    public PodTail(KubernetesClient client) {
        this.client = client;
    }

    /** One line, such as {@code pod migrate-x1: exit 3: "no such table"}. */
    public String of(Pod pod) {
        List<String> said = new ArrayList<>();
        if (pod.getStatus() != null) {
            all(pod).forEach(container -> said.add(of(pod, container)));
        }
        String text = said.isEmpty() ? "nothing is known of its containers" : String.join(", ", said);
        return "pod " + pod.getMetadata().getName() + " " + text;
    }

    private static List<ContainerStatus> all(Pod pod) {
        List<ContainerStatus> all = new ArrayList<>(pod.getStatus().getInitContainerStatuses());
        all.addAll(pod.getStatus().getContainerStatuses());
        return all;
    }

    private String of(Pod pod, ContainerStatus container) {
        String log = log(pod, container.getName());
        return container.getName() + " " + state(container) + (log.isEmpty() ? "" : ", said: " + log);
    }

    private static String state(ContainerStatus container) {
        var state = container.getState();
        if (state == null) {
            return "has no state";
        }
        if (state.getTerminated() != null) {
            return "ended with exit code " + state.getTerminated().getExitCode();
        }
        if (state.getWaiting() != null) {
            String message = words(state.getWaiting().getMessage());
            return "waits: " + words(state.getWaiting().getReason())
                    + (message.isEmpty() ? "" : " (" + Redaction.head(message, WHY) + ")");
        }
        return "runs";
    }

    private String log(Pod pod, String container) {
        try {
            String log = client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .inContainer(container)
                    .tailingLines(LINES)
                    .getLog();
            return Redaction.tail(words(log), CHARACTERS).replaceAll("\\s*\n\\s*", " | ");
        } catch (KubernetesClientException e) {
            // it has never started, or is gone: that must not hide the failure itself
            return "";
        }
    }

    private static String words(@Nullable String text) {
        return Optional.ofNullable(text).orElse("");
    }
}
