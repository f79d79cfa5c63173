package dev.slipway.activities.load;

import dev.slipway.activities.Drain;
import dev.slipway.activities.fence.Writer;
import dev.slipway.activities.fence.Writers;
import dev.slipway.model.UndoResult;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Load;
import dev.slipway.workflows.api.LoadOrder;
import dev.slipway.workflows.undo.Permit;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The port {@link Load} on the Kubernetes API. Needs get on CronJobs, get, list, create and delete on Jobs, and list and
 * delete on pods of the namespace. Whatever it writes, it writes with the right of the slot's Lease: once a load was ended,
 * an attempt that keeps an older one can make no Job any more.
 */
public final class LoadActivities implements Load, AutoCloseable {
    private final KubernetesClient client;
    private final Writers writers;
    private final Supplier<Pace> pace;

    /**
     * Acts with the rights of the client.
     *
     * @param writers closed with it
     * @param drain makes every load hand over
     */
    public LoadActivities(KubernetesClient client, Writers writers, Drain drain) {
        this(client, writers, () -> Pace.ofActivity(drain));
    }

    LoadActivities(KubernetesClient client, Writers writers, Supplier<Pace> pace) {
        this.client = client;
        this.writers = writers;
        this.pace = pace;
    }

    @Override
    public Optional<String> keep(Permit permit, LoadOrder order) {
        return new Keeping(jobs(permit, order.stable()), writers, permit, order, pace.get()).run();
    }

    @Override
    public UndoResult end(Permit permit, HelmTarget stable) {
        Pace beating = pace.get();
        LoadJobs jobs = jobs(permit, stable);
        // taken also when there is no Job: from here on whoever kept the load may make none
        try (Writer writing = writers.take(permit, stable.namespace(), beating.call(), beating::beat)) {
            List<Job> found = jobs.ofRun();
            int pods = 0;
            for (Job job : found) {
                pods += jobs.delete(job, writing);
            }
            return found.isEmpty()
                    ? new UndoResult.AlreadyThere("no Job of this stage sends requests")
                    : readBack(jobs, found, pods);
        }
    }

    private static UndoResult readBack(LoadJobs jobs, List<Job> deleted, int pods) {
        List<String> left = names(jobs.ofRun());
        return left.isEmpty()
                ? new UndoResult.Restored("Job " + String.join(", ", names(deleted)) + " deleted, with "
                        + (pods == 1 ? "1 pod" : pods + " pods"))
                : new UndoResult.Failed("Job " + String.join(", ", left) + " was deleted and is still there");
    }

    private static List<String> names(List<Job> jobs) {
        return jobs.stream().map(job -> job.getMetadata().getName()).toList();
    }

    private LoadJobs jobs(Permit permit, HelmTarget stable) {
        return new LoadJobs(client, permit, stable.namespace());
    }

    @Override
    public void close() {
        writers.close();
    }
}
