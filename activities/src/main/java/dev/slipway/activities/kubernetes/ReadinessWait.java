package dev.slipway.activities.kubernetes;

import dev.slipway.model.Evidence;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.ReadinessOrder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One wait until the workloads of a Helm release are rolled out, or cannot be. */
final class ReadinessWait {
    private static final int REASON_LIMIT = 500;
    private static final Duration CREATE_PATIENCE = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final ReadinessOrder order;
    private final HelmTarget target;
    private final Pacing pacing;
    private final Patience patience = new Patience();

    ReadinessWait(Cluster cluster, ReadinessOrder order, Pacing pacing) {
        this.cluster = cluster;
        this.order = order;
        this.target = order.target();
        this.pacing = pacing;
    }

    Verdict run() {
        Instant limit = pacing.startedAt().plus(order.within());
        while (true) {
            List<Workload> workloads = cluster.workloads(target);
            if (workloads.isEmpty()) {
                return Verdict.failed("no Deployment or StatefulSet in " + target.namespace() + " has the label "
                        + Cluster.INSTANCE + "=" + target.release() + ", which the chart contract asks for");
            }
            if (workloads.stream().allMatch(Workload::isRolledOut)) {
                return new Verdict.Passed("", List.of(progress(workloads)));
            }
            List<Trouble> troubles = troubles(workloads);
            Instant now = pacing.now();
            Optional<Trouble> fin = patience.exhaustedBy(troubles, now);
            if (fin.isPresent()) {
                return failed("", fin.get(), troubles, workloads);
            }
            if (!now.isBefore(limit)) {
                return atLimit(troubles, workloads);
            }
            pacing.pause(progress(workloads).detail());
        }
    }

    /** Of pods first: they say more than the workload, which only counts them. */
    private List<Trouble> troubles(List<Workload> workloads) {
        List<Trouble> found = new ArrayList<>();
        for (Workload workload : workloads) {
            if (workload.observed() && !workload.isRolledOut()) {
                for (Pod pod : cluster.newestPods(target, workload)) {
                    PodTrouble.of(
                                    workload.label(),
                                    pod,
                                    () -> cluster.events(
                                            target, pod.getMetadata().getName()))
                            .ifPresent(found::add);
                }
            }
        }
        workloads.stream().filter(Workload::observed).forEach(w -> found.addAll(w.troubles()));
        return found;
    }

    private void podTroubles(Workload workload, List<Trouble> found) {
        List<Pod> pods = cluster.newestPods(target, workload);
        for (Pod pod : pods) {
            PodTrouble.of(
                            workload.label(),
                            pod,
                            () -> cluster.events(target, pod.getMetadata().getName()))
                    .ifPresent(found::add);
        }
        if (pods.isEmpty()) {
            // a StatefulSet has no condition that tells why it cannot create its pods
            cluster.events(target, workload.name())
                    .failedCreate()
                    .map(e ->
                            Trouble.ofWorkload(workload.label(), "FailedCreate", PodEvents.message(e), CREATE_PATIENCE))
                    .ifPresent(found::add);
        }
    }

    private Verdict atLimit(List<Trouble> troubles, List<Workload> workloads) {
        String before =
                "not ready within " + order.within().toString().substring(2).toLowerCase(Locale.ROOT) + ": ";
        if (troubles.isEmpty()) {
            return new Verdict.Failed(
                    before + progress(workloads).detail().replace("\n", "; "), List.of(progress(workloads)));
        }
        return failed(before, troubles.get(0), troubles, workloads);
    }

    private Verdict failed(String before, Trouble trouble, List<Trouble> all, List<Workload> workloads) {
        // a workload's trouble is explained by a pod, when there is one
        Trouble shown = trouble.pod().isPresent()
                ? trouble
                : all.stream().filter(t -> t.pod().isPresent()).findFirst().orElse(trouble);
        List<Evidence> evidence = new ArrayList<>();
        PodEvidence pod = new PodEvidence(cluster, target, shown);
        evidence.add(progress(workloads));
        evidence.addAll(pod.list());
        String reason = shown == trouble
                ? pod.sentence()
                : trouble.cause() + " of " + trouble.workload() + "; " + pod.sentence();
        return new Verdict.Failed(Redaction.head(before + reason, REASON_LIMIT), evidence);
    }

    private static Evidence progress(List<Workload> workloads) {
        return Evidence.of(
                "workloads", workloads.stream().map(Workload::progress).collect(Collectors.joining("\n")));
    }
}
