package dev.slipway.activities.helm;

import java.util.List;

class MemoryHelmRunnerTest extends HelmRunnerContract {
    private boolean kill;
    private final MemoryHelm memory = new MemoryHelm((target, write) -> {
        if (kill && write.endsWith("finish")) {
            throw new MemoryHelm.HelmKilled();
        }
    });

    @Override
    HelmRunner runner() {
        return memory;
    }

    @Override
    HelmCluster cluster() {
        return new MemoryHelmCluster(memory);
    }

    @Override
    String slow() {
        return "";
    }

    @Override
    void killedInTheMiddle(HelmCommand upgrade) {
        kill = true;
        memory.run(upgrade, MAY_WRITE, Pulse.NONE, List.of());
        kill = false;
    }
}
