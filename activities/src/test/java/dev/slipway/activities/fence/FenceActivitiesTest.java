package dev.slipway.activities.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.kubernetes.MockCluster;
import dev.slipway.model.Resource;
import dev.slipway.workflows.api.Claimed;
import dev.slipway.workflows.api.Fence;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Lease on an API server in memory. */
class FenceActivitiesTest extends FenceContract {
    private final MockCluster cluster = new MockCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    KubernetesClient client() {
        return cluster.client();
    }

    @Override
    Fence fence() {
        return new FenceActivities(client());
    }

    @Override
    String namespace() {
        return "development";
    }

    @Test
    void theLeaseSaysWhoseItIsAndKeepsTheEpoch() {
        fence().claim(claim("run-1", 4, Resource.STABLE));
        assertThat(lease().getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "slipway")
                .containsEntry("slipway.dev/environment", "development")
                .containsEntry("slipway.dev/service", service);
        assertThat(lease().getMetadata().getAnnotations()).containsKey("slipway.dev/claim");

        fence().release(stamp("run-1"), stable());
        assertThat(lease().getMetadata().getAnnotations())
                .containsEntry("slipway.dev/epoch", "4")
                .doesNotContainKey("slipway.dev/claim");
    }

    @Test
    void nobodyWritesOverWhatSomebodyElseHasWrittenSinceItWasRead() {
        fence().claim(claim("run-1", 0));
        SlotLease slot = new SlotLease(client(), stamp("run-1"), namespace());
        Lease old = slot.read().orElseThrow();
        assertThat(slot.swap(new SlotNotes(old).claimed(claim("run-1", 5)))).isPresent();
        assertThat(slot.swap(new SlotNotes(old).released("run-1"))).isEmpty();
        assertThat(slot.swap(slot.blank())).isEmpty();
        assertThat(fence().claim(claim("run-1", 5))).isEqualTo(new Claimed.Ours(5));
    }

    @Test
    void aClaimThatSomebodyHasEditedIsNotGuessed() {
        fence().claim(claim("run-1", 0));
        Lease lease = lease();
        lease.getMetadata().getAnnotations().put("slipway.dev/claim", "{");
        client().resource(lease).update();
        assertThatThrownBy(() -> fence().claim(claim("run-2", 0)))
                .hasMessageContaining("annotation slipway.dev/claim of Lease")
                .hasMessageContaining("slipway-" + service);
    }

    private Lease lease() {
        return client().leases()
                .inNamespace(namespace())
                .withName("slipway-" + service)
                .get();
    }
}
