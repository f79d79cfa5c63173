package dev.slipway.activities.helm;

import dev.slipway.workflows.api.HelmTarget;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What helm itself does not tell or cannot do: its records and the objects behind a release, read from the API server. */
interface HelmCluster extends AutoCloseable {
    /**
     * Gives a locked revision free by marking it failed. Its manifest is kept.
     *
     * @param why becomes the revision's description
     * @return false, and nothing was changed, when it is no longer as it was seen
     */
    boolean unlock(HelmTarget target, Revision locked, String why);

    /** The hooks of a revision that are at work right now, such as {@code Job/podinfo-migrate}. */
    List<String> runningHooks(HelmTarget target, Revision revision);

    /** Why the hooks of a revision failed: the last lines of their pods, without what looks like a secret. */
    Optional<String> hookTrouble(HelmTarget target, Revision revision);

    /** What is worth keeping of a release that is about to be removed: trouble of its pods, events, last log lines. */
    Optional<String> evidence(HelmTarget target);

    /** Which of these objects are there, by {@link RenderedObject#id()}. */
    List<String> present(HelmTarget target, Collection<RenderedObject> objects);

    /** What the API server has against these objects, before anything is touched; empty when nothing. */
    List<String> objections(HelmTarget target, Manifest manifest, Pulse pulse);

    /** What stands against making Jobs of these CronJobs while the new version soaks; empty when nothing does. */
    default List<String> loadObjections(HelmTarget target, Manifest manifest, List<String> loads, Pulse pulse) {
        return List.of();
    }

    /**
     * A revision as Helm keeps it.
     *
     * @param revision its number; absent for what is deployed now
     * @return empty when there is none
     */
    default Optional<StoredRevision> stored(HelmTarget target, Optional<Integer> revision) {
        return Optional.empty();
    }

    /** Gives up the connection. */
    @Override
    default void close() {}

    /** Knows nothing and can do nothing. */
    HelmCluster NONE = new HelmCluster() {
        @Override
        public boolean unlock(HelmTarget target, Revision locked, String why) {
            return false;
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
    };
}
