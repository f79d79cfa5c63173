package dev.slipway.activities.fence;

import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.Claimed;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Fence;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.undo.Stamp;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** Keeps the claim of a slot in annotations of its Lease. A write whose answer was lost is found done when it is repeated. */
public final class FenceActivities implements Fence {
    private final KubernetesClient client;

    /** Uses the client; its owner closes it. */
    public FenceActivities(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Claimed claim(Claim claim) {
        SlotLease slot = new SlotLease(client, claim.stamp(), claim.stable().namespace());
        Lease now = slot.change(found -> {
            SlotNotes notes = new SlotNotes(found);
            Optional<Claim> open = notes.claim();
            if (open.isPresent()) {
                return newer(claim, open.get()) ? notes.claimed(claim) : found;
            }
            notClosed(slot, notes, claim.stamp());
            return notes.claimed(claim);
        });
        SlotNotes notes = new SlotNotes(now);
        Claim open = notes.claim().orElse(claim);
        return of(claim.stamp(), open) ? new Claimed.Ours(notes.epoch()) : new Claimed.Taken(open);
    }

    /** Whether it replaces the open one: of the same run, and not a late repetition of what the run has written before. */
    private static boolean newer(Claim claim, Claim open) {
        if (!of(claim.stamp(), open) || claim.epoch() < open.epoch()) {
            return false;
        }
        return !claim.equals(open)
                && claim.ledger().keySet().containsAll(open.ledger().keySet());
    }

    private static void notClosed(SlotLease slot, SlotNotes notes, Stamp stamp) {
        if (notes.releasedBy().filter(stamp.stageRun()::equals).isPresent()) {
            throw FailureType.FENCED.failure(
                    "stage run " + stamp.stageRun() + " has given " + slot.words() + " free already");
        }
    }

    @Override
    public void release(Stamp stamp, HelmTarget stable) {
        SlotLease slot = new SlotLease(client, stamp, stable.namespace());
        slot.change(found -> {
            SlotNotes notes = new SlotNotes(found);
            return notes.claim().filter(open -> of(stamp, open)).isPresent() ? notes.released(stamp.stageRun()) : found;
        });
    }

    private static boolean of(Stamp stamp, Claim claim) {
        return stamp.stageRun().equals(claim.stamp().stageRun());
    }
}
