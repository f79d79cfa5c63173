package dev.slipway.activities.helm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a worker runs helm.
 *
 * @param binary absolute path of helm, 4.3 or newer
 * @param sha256 64 hexadecimal digits that the binary's content must have, checked at start
 * @param kubeconfig credentials of this worker's one environment; without exec plugins and auth providers
 * @param undoTimeout limit of one Kubernetes operation (a hook) in a rollback or uninstall
 * @param grace between TERM and KILL of a helm that must stop
 * @param staleAfter age from which a pending operation that is not of this stage run counts as abandoned
 */
public record HelmSettings(
        Path binary,
        Optional<String> sha256,
        Path kubeconfig,
        Duration undoTimeout,
        Duration grace,
        Duration staleAfter) {
    /** Five minutes for an undo, 30 s of grace, an operation that is not of this stage run is abandoned after 60 s. */
    public static HelmSettings of(Path binary, Optional<String> sha256, Path kubeconfig) {
        return new HelmSettings(
                binary, sha256, kubeconfig, Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofSeconds(60));
    }
}
