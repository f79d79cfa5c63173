package dev.slipway.activities.load;

import dev.slipway.workflows.api.Load;
import dev.slipway.workflows.testing.FakeCluster;
import dev.slipway.workflows.testing.FakeLoad;
import java.util.List;

/** The fake that the workflows are tested with does what Jobs do. */
class FakeLoadTest extends LoadContract {
    private final FakeLoad fake = new FakeLoad(new FakeCluster());

    @Override
    Load load() {
        return fake;
    }

    @Override
    String namespace() {
        return "staging";
    }

    @Override
    List<String> jobs() {
        return fake.jobs();
    }
}
