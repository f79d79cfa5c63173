package dev.slipway.activities.helm;

import dev.slipway.workflows.api.Helm;
import dev.slipway.workflows.api.HelmTarget;

/** The helm that the crash sweep runs on keeps the promises of the real one. */
class MemoryHelmTest extends HelmContractTest {
    private final MemoryHelm memory = new MemoryHelm((target, write) -> {});
    private final HelmActivities helm = MemoryWorker.of(memory);

    @Override
    Helm helm() {
        return helm;
    }

    @Override
    void somebodyDeploys(HelmTarget target, String tag) {
        memory.somebodyDeploys(target, "127.0.0.1:5000/sample:" + tag + "@sha256:" + "c".repeat(64));
    }

    @Override
    void somebodyUninstalls(HelmTarget target) {
        memory.somebodyUninstalls(target);
    }
}
