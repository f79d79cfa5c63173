package dev.slipway.activities.fence;

import dev.slipway.activities.kubernetes.LabCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The Lease on the lab's real API server. */
@Tag("lab")
class FenceOnLabTest extends FenceActivitiesTest {
    private final LabCluster lab = LabCluster.orSkip();

    @AfterEach
    void leave() {
        lab.close();
    }

    @Override
    KubernetesClient client() {
        return lab.client();
    }

    @Override
    String namespace() {
        return lab.namespace();
    }
}
