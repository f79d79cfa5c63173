package dev.slipway.activities.fence;

import dev.slipway.workflows.api.Fence;
import dev.slipway.workflows.testing.FakeCluster;

/** The fake that the workflows are tested with does what the Lease does. */
class FakeClusterFenceTest extends FenceContract {
    private final FakeCluster cluster = new FakeCluster();

    @Override
    Fence fence() {
        return cluster;
    }

    @Override
    String namespace() {
        return "development";
    }
}
