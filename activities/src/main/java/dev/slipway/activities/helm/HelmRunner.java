package dev.slipway.activities.helm;

import dev.slipway.activities.fence.WriteRight;
import io.temporal.client.ActivityCompletionException;
import java.util.List;

/** Runs helm. */
@FunctionalInterface
interface HelmRunner extends AutoCloseable {
    /**
     * Runs helm to its end, whatever the end is.
     *
     * @param right asked before each write of this helm to the cluster; what it refuses is not done, however late it comes
     * @param secrets what must not be in anything that is kept of helm's words
     * @throws ActivityCompletionException when the activity was cancelled; helm has exited then
     */
    Finished run(HelmCommand command, WriteRight right, Pulse pulse, List<String> secrets);

    /** Removes what was kept on disk for helm. */
    @Override
    default void close() {}
}
