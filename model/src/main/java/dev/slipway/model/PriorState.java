package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What a resource was before this stage first touched it: what an undo returns to. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PriorState.Absent.class, name = "absent"),
    @JsonSubTypes.Type(value = PriorState.HelmRevision.class, name = "helmRevision"),
    @JsonSubTypes.Type(value = PriorState.RouteBackends.class, name = "routeBackends")
})
public sealed interface PriorState {

    /** It was not there. */
    record Absent() implements PriorState {}

    /**
     * A Helm release at a revision.
     *
     * @param revision the deployed revision, at least 1
     * @param chart chart name and version
     * @param appVersion of that chart
     * @param manifest digest of the rendered manifest
     * @param images container images of the manifest, sorted
     */
    record HelmRevision(int revision, String chart, String appVersion, Digest manifest, List<String> images)
            implements PriorState {
        public HelmRevision {
            images = List.copyOf(images);
        }
    }

    /**
     * A route and its weights.
     *
     * @param epoch of the last write that was ours, 0 when there was none
     */
    record RouteBackends(List<BackendWeight> backends, long epoch) implements PriorState {
        public RouteBackends {
            backends = List.copyOf(backends);
        }
    }
}
