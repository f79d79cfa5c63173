package dev.slipway.activities.fence;

import dev.slipway.activities.kubernetes.Kubernetes;
import dev.slipway.model.Resource;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.undo.Permit;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The right to write as a Lease in the cluster, so that it holds between all workers, however often they are restarted. */
public final class LeaseWriters implements Writers {
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** A renewal that hangs must end long before the right does. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final KubernetesClient client;
    private final Pace pace;

    LeaseWriters(KubernetesClient client, Pace pace) {
        this.client = client;
        this.pace = pace;
    }

    /** In the cluster of this kubeconfig. */
    public static LeaseWriters of(Path kubeconfig) {
        return new LeaseWriters(Kubernetes.impatient(kubeconfig, PATIENCE), Pace.REAL);
    }

    @Override
    public Writer take(Permit permit, String namespace, String call, Consumer<String> beat) {
        return Renewal.of(wait(permit, namespace, call, beat), WriterLease.RENEWAL);
    }

    /** Takes the Lease without renewing it. */
    WriterLease wait(Permit permit, String namespace, String call, Consumer<String> beat) {
        SlotLease slot = new SlotLease(client, permit.stamp(), namespace);
        String me = permit.stamp().stageRun() + "/" + call;
        Sighting sighting = new Sighting();
        while (true) {
            long started = pace.nanos();
            Lease found = slot.read().orElseGet(slot::blank);
            refuseStale(slot, permit, new SlotNotes(found));
            Holding holding = Holding.of(found);
            if (holding.free() || holding.holder().equals(me) || sighting.over(holding, started)) {
                Optional<Lease> taken = slot.swap(taken(permit, found, holding.takenBy(me)));
                if (taken.isPresent()) {
                    return new WriterLease(slot, pace, taken.get(), started);
                }
            } else {
                beat.accept("waits for " + holding.holder() + " to end");
                pace.pause(LOOK);
            }
        }
    }

    private static Lease taken(Permit permit, Lease found, Holding next) {
        SlotNotes notes = new SlotNotes(found);
        return next.in(notes.using(permit.stamp().stageRun(), permit.resource(), permit.epoch())
                .editOrNewSpec()
                .withAcquireTime(next.renewed())
                .endSpec());
    }

    /** A slot that was never claimed refuses nobody: somebody may have deleted the Lease, and an undo must still be possible. */
    private static void refuseStale(SlotLease slot, Permit permit, SlotNotes notes) {
        String run = permit.stamp().stageRun();
        Optional<Claim> open = notes.claim();
        if (open.isPresent() && !open.get().stamp().stageRun().equals(run)) {
            Claim by = open.get();
            throw FailureType.FENCED.failure("stage run " + run + " may not write any more: " + slot.words() + " is of "
                    + by.stamp().release() + " attempt " + by.stamp().attempt() + " (run "
                    + by.stamp().stageRun() + ")");
        }
        if (open.isEmpty() && notes.releasedBy().isPresent()) {
            throw FailureType.FENCED.failure("stage run " + run + " may not write any more: " + slot.words()
                    + " was given free by run " + notes.releasedBy().get());
        }
        long used = notes.used(run, permit.resource());
        if (used > permit.epoch()) {
            throw stale(permit, permit.resource(), used);
        }
    }

    private static RuntimeException stale(Permit permit, Resource resource, long used) {
        return FailureType.FENCED.failure(
                "epoch " + permit.epoch() + " is stale: " + resource + " was changed under epoch " + used);
    }

    @Override
    public void close() {
        client.close();
    }

    /** Since when the same holding is seen, on our clock: client-go's rule, which needs no clock but one's own. */
    private static final class Sighting {
        private Optional<Holding> seen = Optional.empty();
        private long since;

        boolean over(Holding holding, long now) {
            if (!seen.equals(Optional.of(holding))) {
                seen = Optional.of(holding);
                since = now;
            }
            return now - since >= holding.lasts().toNanos();
        }
    }
}
