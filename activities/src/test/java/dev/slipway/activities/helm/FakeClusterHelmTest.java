package dev.slipway.activities.helm;

import dev.slipway.workflows.api.Helm;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.testing.FakeCluster;

/** The fake that the workflows are tested with does what the real helm does. */
class FakeClusterHelmTest extends HelmContractTest {
    private final FakeCluster cluster = new FakeCluster();

    @Override
    Helm helm() {
        return cluster;
    }

    @Override
    void somebodyDeploys(HelmTarget target, String tag) {
        cluster.foreignUpgrade(target.environment().value(), target.release(), tag);
    }

    @Override
    void somebodyUninstalls(HelmTarget target) {
        // the cluster goes with the test
    }
}
