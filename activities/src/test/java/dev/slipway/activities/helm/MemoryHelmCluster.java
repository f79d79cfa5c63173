package dev.slipway.activities.helm;

import dev.slipway.workflows.api.HelmTarget;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The cluster behind {@link MemoryHelm}: Helm's records can be corrected; there are no hooks, events or quotas in it. */
record MemoryHelmCluster(MemoryHelm helm) implements HelmCluster {
    @Override
    public boolean unlock(HelmTarget target, Revision locked, String why) {
        return helm.unlock(target, locked, why);
    }

    @Override
    public Optional<StoredRevision> stored(HelmTarget target, Optional<Integer> revision) {
        return helm.stored(target, revision);
    }

    @Override
    public List<String> runningHooks(HelmTarget target, Revision revision) {
        return List.of();
    }

    @Override
    public Optional<String> hookTrouble(HelmTarget target, Revision revision) {
        return Optional.empty();
    }

    @Override
    public Optional<String> evidence(HelmTarget target) {
        return Optional.empty();
    }

    @Override
    public List<String> present(HelmTarget target, Collection<RenderedObject> objects) {
        return List.of();
    }

    @Override
    public List<String> objections(HelmTarget target, Manifest manifest, Pulse pulse) {
        return List.of();
    }
}
