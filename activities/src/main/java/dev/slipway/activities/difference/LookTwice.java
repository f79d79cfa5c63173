package dev.slipway.activities.difference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What reaches further than a new version of a service usually does, and was not so before. */
final class LookTwice {
    /** New or changed: whoever writes these decides what others may do, or what the API server does. */
    private static final Set<String> POWERFUL = Set.of(
            "ClusterRole",
            "ClusterRoleBinding",
            "Role",
            "RoleBinding",
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration",
            "MutatingAdmissionPolicy",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "CustomResourceDefinition",
            "APIService",
            "PriorityClass",
            "Namespace",
            "Ingress",
            "PersistentVolume");
    /** Gone: what they kept away may come now. */
    private static final Set<String> PROTECTING =
            Set.of("NetworkPolicy", "PodDisruptionBudget", "ResourceQuota", "LimitRange", "PersistentVolumeClaim");

    private final String namespace;

    /**
     * @param namespace in which the service is at home
     */
    LookTwice(String namespace) {
        this.namespace = namespace;
    }

    /** Sentences, each with the object that it is about. */
    List<String> of(Map<String, JsonNode> before, Map<String, JsonNode> after) {
        List<String> found = new ArrayList<>();
        after.forEach((name, object) -> {
            JsonNode was = before.get(name);
            boolean isPowerful = POWERFUL.contains(object.path("kind").asText());
            if (isPowerful && !object.equals(was)) {
                found.add(name + (was == null ? " is new" : " changes"));
            }
            Set<String> marks = marks(object);
            if (was != null) {
                marks.removeAll(marks(was));
            }
            marks.forEach(mark -> found.add(name + ": " + mark));
        });
        before.forEach((name, object) -> {
            if (!after.containsKey(name)
                    && PROTECTING.contains(object.path("kind").asText())) {
                found.add(name + " goes away");
            }
        });
        return found;
    }

    private Set<String> marks(JsonNode object) {
        Set<String> marks = new TreeSet<>();
        String hook =
                object.path("metadata").path("annotations").path("helm.sh/hook").asText("");
        if (!hook.isEmpty()) {
            marks.add("runs as a hook, " + hook);
        }
        String other = object.path("metadata").path("namespace").asText(namespace);
        if (!other.equals(namespace)) {
            marks.add("is in another namespace, " + other);
        }
        if (object.path("kind").asText().equals("Service")) {
            service(object.path("spec"), marks);
        }
        object.path("rules").forEach(rule -> rule(rule, marks));
        visit(object, marks);
        return marks;
    }

    private static void service(JsonNode spec, Set<String> marks) {
        String type = spec.path("type").asText("");
        if (type.equals("LoadBalancer") || type.equals("NodePort")) {
            marks.add("is reached from outside of the cluster (type " + type + ")");
        }
        if (!spec.path("externalIPs").isEmpty()) {
            marks.add("takes traffic of external IPs");
        }
    }

    private static void rule(JsonNode rule, Set<String> marks) {
        for (String part : List.of("verbs", "resources", "apiGroups")) {
            for (JsonNode one : rule.path(part)) {
                if (one.asText().equals("*")) {
                    marks.add("grants all " + part);
                }
            }
        }
    }

    /** Pods, wherever in a kind they are described. */
    private static void visit(JsonNode node, Set<String> marks) {
        if (node.path("containers").isArray()) {
            pods(node, marks);
        }
        node.forEach(inner -> visit(inner, marks));
    }

    private static void pods(JsonNode spec, Set<String> marks) {
        for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            if (spec.path(host).asBoolean()) {
                marks.add(host);
            }
        }
        String account = spec.path("serviceAccountName").asText("");
        if (!account.isEmpty()) {
            marks.add("runs as service account " + account);
        }
        for (JsonNode volume : spec.path("volumes")) {
            if (volume.has("hostPath")) {
                marks.add("mounts the node's "
                        + volume.path("hostPath").path("path").asText("?") + " (hostPath)");
            }
        }
        privileges("the pod", spec.path("securityContext"), marks);
        for (String kind : List.of("containers", "initContainers", "ephemeralContainers")) {
            spec.path(kind).forEach(container -> container(container, marks));
        }
    }

    private static void container(JsonNode container, Set<String> marks) {
        String name = "container " + container.path("name").asText("?");
        privileges(name, container.path("securityContext"), marks);
        container.path("ports").forEach(port -> {
            if (port.path("hostPort").asInt() > 0) {
                marks.add(
                        name + " takes the node's port " + port.path("hostPort").asInt());
            }
        });
    }

    private static void privileges(String who, JsonNode context, Set<String> marks) {
        if (context.path("privileged").asBoolean()) {
            marks.add(who + " is privileged");
        }
        if (context.path("allowPrivilegeEscalation").asBoolean()) {
            marks.add(who + " may gain privileges (allowPrivilegeEscalation)");
        }
        if (context.path("runAsUser").isNumber() && context.path("runAsUser").asInt() == 0) {
            marks.add(who + " runs as root");
        }
        context.path("capabilities")
                .path("add")
                .forEach(added -> marks.add(who + " gets capability " + added.asText()));
    }
}
