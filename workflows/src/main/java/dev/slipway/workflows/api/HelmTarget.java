package dev.slipway.workflows.api;

import dev.slipway.model.EnvironmentName;

/** One Helm release in one environment: stable, or the canary beside it. Also the track: the value of the label {@code app.kubernetes.io/instance}. */
public record HelmTarget(EnvironmentName environment, String namespace, String release) {
    /** The canary's Helm release that stands beside this one. */
    public HelmTarget canary() {
        return new HelmTarget(environment, namespace, release + "-canary");
    }
}
