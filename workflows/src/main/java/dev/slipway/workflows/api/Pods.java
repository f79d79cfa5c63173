package dev.slipway.workflows.api;

import dev.slipway.model.Verdict;
import io.temporal.activity.ActivityInterface;

/** What runs in the cluster, as the Kubernetes API tells it. Read only. */
@ActivityInterface(namePrefix = "Pods_")
public interface Pods {
    /**
     * Waits until the workloads of the release are rolled out (observed generation, updated and available replicas).
     * Failed within seconds, with the pod's own words and last log lines as evidence, when a pod cannot start by itself
     * any more (CrashLoopBackOff, ImagePullBackOff, unschedulable ...); Failed at the limit.
     */
    Verdict awaitReady(ReadinessOrder order);

    /** Looks at stable and at its canary. */
    Readiness sides(HelmTarget stable);
}
