package dev.slipway.activities.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.activities.kubernetes.ApiFailure;
import dev.slipway.activities.kubernetes.PodTail;
import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Jobs and Pods that are hooks of one revision, as they are in the cluster. */
final class HookObjects {
    private static final String OF_JOB = "batch.kubernetes.io/job-name";
    private static final String TEST = "test";

    private final KubernetesClient client;
    private final HelmRecords records;

    HookObjects(KubernetesClient client, HelmRecords records) {
        this.client = client;
        this.records = records;
    }

    /** Those that are at work: a pod of theirs runs. One that cannot start does nothing. */
    List<String> running(HelmTarget target, int revision) {
        List<String> running = new ArrayList<>();
        for (Hook hook : of(target, revision)) {
            if (pods(target, hook).stream().anyMatch(HookObjects::runs)) {
                running.add(hook.id());
            }
        }
        return running;
    }

    /** What the pods of the hooks that did not succeed have said last. */
    Optional<String> trouble(HelmTarget target, int revision) {
        List<String> said = new ArrayList<>();
        for (Hook hook : of(target, revision)) {
            for (Pod pod : pods(target, hook)) {
                if (!"Succeeded".equals(phase(pod))) {
                    said.add(hook.id() + ": " + new PodTail(client).of(pod));
                }
            }
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", said));
    }

    private record Hook(String kind, String name) {
        String id() {
            return kind + "/" + name;
        }
    }

    private List<Hook> of(HelmTarget target, int revision) {
        List<Hook> hooks = new ArrayList<>();
        records.read(target, revision).map(HookObjects::hooks).orElse(List.of()).forEach(node -> {
            boolean runnable = node.path("kind").asText().matches("Job|Pod") && !isTest(node);
            if (runnable) {
                hooks.add(new Hook(node.path("kind").asText(), node.path("name").asText()));
            }
        });
        return hooks;
    }

    private static List<JsonNode> hooks(ObjectNode record) {
        List<JsonNode> nodes = new ArrayList<>();
        record.path("hooks").forEach(nodes::add);
        return nodes;
    }

    private static boolean isTest(JsonNode hook) {
        for (JsonNode event : hook.path("events")) {
            if (!event.asText().equals(TEST)) {
                return false;
            }
        }
        return true;
    }

    private List<Pod> pods(HelmTarget target, Hook hook) {
        return ApiFailure.classified("reading the pods of hook " + hook.id() + " in " + target.namespace(), () -> {
            var all = client.pods().inNamespace(target.namespace());
            if (hook.kind().equals("Pod")) {
                return Optional.ofNullable(all.withName(hook.name()).get()).stream()
                        .toList();
            }
            Job job = client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(target.namespace())
                    .withName(hook.name())
                    .get();
            return job == null
                    ? List.of()
                    : all.withLabel(OF_JOB, hook.name()).list().getItems();
        });
    }

    private static boolean runs(Pod pod) {
        return "Running".equals(phase(pod));
    }

    private static String phase(Pod pod) {
        return pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
    }
}
