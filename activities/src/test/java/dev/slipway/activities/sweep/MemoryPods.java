package dev.slipway.activities.sweep;

import dev.slipway.activities.helm.MemoryHelm;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Pods;
import dev.slipway.workflows.api.Readiness;
import dev.slipway.workflows.api.ReadinessOrder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pods of what {@link MemoryHelm} runs: a release that was installed becomes ready when it is waited for, and stays ready
 * while it is upgraded, as a rolling update keeps it.
 */
final class MemoryPods implements Pods {
    private final MemoryHelm helm;
    private final Set<String> started = ConcurrentHashMap.newKeySet();

    MemoryPods(MemoryHelm helm) {
        this.helm = helm;
    }

    /** Whether it could take traffic now. */
    boolean ready(HelmTarget target) {
        return helm.runs(target).isPresent() && started.contains(target.release());
    }

    void start(HelmTarget target) {
        started.add(target.release());
    }

    /** Its objects may have been deleted. */
    void changed(HelmTarget target) {
        if (helm.runs(target).isEmpty()) {
            started.remove(target.release());
        }
    }

    @Override
    public Verdict awaitReady(ReadinessOrder order) {
        if (helm.runs(order.target()).isEmpty()) {
            return Verdict.failed(order.target().release() + " has no workloads");
        }
        start(order.target());
        return Verdict.passed();
    }

    @Override
    public Readiness sides(HelmTarget stable) {
        return new Readiness(ready(stable), ready(stable.canary()));
    }
}
