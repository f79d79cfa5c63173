package dev.slipway.activities.helm;

import dev.slipway.activities.kubernetes.PodTail;
import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the pods of a release and the cluster about them have said last, kept before all of it is removed. */
final class LastWords {
    private static final String INSTANCE = "app.kubernetes.io/instance";
    private static final int PODS = 3;
    private static final int EVENTS = 4;
    private static final int CHARACTERS = 200;

    private final KubernetesClient client;

    LastWords(KubernetesClient client) {
        this.client = client;
    }

    /** Empty when all its pods are ready and nobody has warned. */
    Optional<String> of(HelmTarget target) {
        List<String> said = new ArrayList<>();
        client.pods().inNamespace(target.namespace()).withLabel(INSTANCE, target.release()).list().getItems().stream()
                .filter(pod -> !ready(pod))
                .limit(PODS)
                .forEach(pod -> said.add(new PodTail(client).of(pod)));
        List<String> warnings = client.v1().events().inNamespace(target.namespace()).list().getItems().stream()
                .filter(e -> "Warning".equals(e.getType()) && isAbout(target, e))
                .map(e -> e.getInvolvedObject().getKind() + " " + e.getReason() + ": " + cut(e))
                .distinct()
                .toList();
        said.addAll(warnings.subList(Math.max(0, warnings.size() - EVENTS), warnings.size()));
        return said.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", said));
    }

    private static boolean isAbout(HelmTarget target, Event event) {
        String name = String.valueOf(event.getInvolvedObject().getName());
        return name.equals(target.release())
                || name.startsWith(target.release() + "-")
                        && !name.startsWith(target.canary().release());
    }

    private static String cut(Event event) {
        String message = String.valueOf(event.getMessage());
        return message.length() > CHARACTERS ? message.substring(0, CHARACTERS) + "..." : message;
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    }
}
