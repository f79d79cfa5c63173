package dev.slipway.activities.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment or StatefulSet and how far its rollout is.
 *
 * @param label {@code Deployment podinfo}
 * @param selector of its pods
 * @param observed whether its controller has seen the newest generation; before, nothing else here counts
 * @param wanted replicas
 * @param updated replicas of the newest revision
 * @param available replicas
 * @param total replicas of all revisions
 * @param troubles of the workload itself
 */
record Workload(
        String label,
        String uid,
        LabelSelector selector,
        boolean observed,
        int wanted,
        int updated,
        int available,
        int total,
        List<Trouble> troubles,
        NewestPods newest) {
    private static final Duration QUOTA_PATIENCE = Duration.ofSeconds(3);
    /** A rollback to pods that still run may show the condition of the failed rollout for a moment. */
    private static final Duration DEADLINE_PATIENCE = Duration.ofSeconds(5);

    /** Which of the workload's pods are of its newest revision. */
    @FunctionalInterface
    interface NewestPods {
        /** Whether the pod is one of them. */
        boolean has(Pod pod);
    }

    static Workload of(Deployment deployment, Optional<String> newestReplicaSet) {
        DeploymentStatus status = Optional.ofNullable(deployment.getStatus()).orElseGet(DeploymentStatus::new);
        String label = "Deployment " + deployment.getMetadata().getName();
        return new Workload(
                label,
                deployment.getMetadata().getUid(),
                deployment.getSpec().getSelector(),
                isObserved(
                        status.getObservedGeneration(), deployment.getMetadata().getGeneration()),
                number(deployment.getSpec().getReplicas(), 1),
                number(status.getUpdatedReplicas(), 0),
                number(status.getAvailableReplicas(), 0),
                number(status.getReplicas(), 0),
                status.getConditions().stream()
                        .flatMap(c -> trouble(label, c).stream())
                        .toList(),
                pod -> newestReplicaSet.map(uid -> isOwnedBy(pod, uid)).orElse(false));
    }

    static Workload of(StatefulSet set) {
        StatefulSetStatus status = Optional.ofNullable(set.getStatus()).orElseGet(StatefulSetStatus::new);
        String uid = set.getMetadata().getUid();
        return new Workload(
                "StatefulSet " + set.getMetadata().getName(),
                uid,
                set.getSpec().getSelector(),
                isObserved(status.getObservedGeneration(), set.getMetadata().getGeneration()),
                number(set.getSpec().getReplicas(), 1),
                number(status.getUpdatedReplicas(), 0),
                number(status.getAvailableReplicas(), number(status.getReadyReplicas(), 0)),
                number(status.getReplicas(), 0),
                List.of(),
                pod -> isOwnedBy(pod, uid)
                        && pod.getMetadata().getLabels() != null
                        && status.getUpdateRevision() != null
                        && status.getUpdateRevision()
                                .equals(pod.getMetadata().getLabels().get("controller-revision-hash")));
    }

    /** The object's own name. */
    String name() {
        return label.substring(label.indexOf(' ') + 1);
    }

    /** Everything new, available, and nothing old left. */
    boolean isRolledOut() {
        return observed && updated == wanted && available == wanted && total == wanted;
    }

    /** How far it is, for a person. */
    String progress() {
        if (!observed) {
            return label + ": not yet seen by its controller";
        }
        String old = total > updated ? ", " + (total - updated) + " old left" : "";
        return label + ": " + updated + " of " + wanted + " updated, " + available + " available" + old;
    }

    private static Optional<Trouble> trouble(String label, DeploymentCondition condition) {
        String reason = String.valueOf(condition.getReason());
        String message = Optional.ofNullable(condition.getMessage()).orElse("");
        if (condition.getType().equals("ReplicaFailure")
                && condition.getStatus().equals("True")) {
            return Optional.of(Trouble.ofWorkload(label, reason, message, QUOTA_PATIENCE));
        }
        if (condition.getType().equals("Progressing") && reason.equals("ProgressDeadlineExceeded")) {
            return Optional.of(Trouble.ofWorkload(label, reason, message, DEADLINE_PATIENCE));
        }
        return Optional.empty();
    }

    private static boolean isOwnedBy(Pod pod, String uid) {
        return pod.getMetadata().getOwnerReferences().stream().anyMatch(o -> uid.equals(o.getUid()));
    }

    private static boolean isObserved(@Nullable Long observed, @Nullable Long generation) {
        return observed != null && generation != null && observed >= generation;
    }

    private static int number(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
