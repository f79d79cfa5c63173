package dev.slipway.activities.guard;

import dev.slipway.model.BundleRef;
import dev.slipway.model.Digest;
import dev.slipway.model.Image;
import dev.slipway.model.Resource;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.Guard;
import dev.slipway.workflows.api.Route;
import dev.slipway.workflows.testing.FakeCluster;
import dev.slipway.workflows.undo.Permit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The fake that the workflows are tested with finds what the real guard finds. */
class FakeClusterGuardTest extends GuardContract {
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));
    private final FakeCluster cluster = new FakeCluster();

    @Override
    Guard guard() {
        return cluster;
    }

    @Override
    Route route() {
        return cluster;
    }

    @Override
    int weDeploy(String tag) {
        Permit permit =
                ledger.open(Resource.STABLE, () -> cluster.observe(target).prior());
        return cluster.apply(
                        permit,
                        new DeployOrder(
                                target,
                                new BundleRef(DIGEST, "chart"),
                                List.of(),
                                new Image("sample", tag, DIGEST, "image"),
                                Optional.empty(),
                                Duration.ofMinutes(1),
                                10))
                .revision();
    }

    @Override
    void aRoute() {
        cluster.routed(route);
    }

    @Override
    void somebodyDeploys(String tag) {
        cluster.foreignUpgrade("development", target.release(), tag);
    }

    @Override
    void somebodyUninstalls() {
        cluster.foreignUninstall("development", target.release());
    }

    @Override
    void somebodySetsTheCanarysWeight(int weight) {
        cluster.foreignWeight(route, weight);
    }

    @Override
    void ourWatcherTrips(long epoch) {
        cluster.trip(route, epoch);
    }
}
