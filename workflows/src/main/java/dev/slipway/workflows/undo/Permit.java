package dev.slipway.workflows.undo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.model.PriorState;
import dev.slipway.model.Resource;

/**
 * The right to change one resource once. Only {@link UndoLedger} makes one, and only after it has recorded what to return
 * to: acting without a registered undo does not compile.
 */
public final class Permit {
    private final Resource resource;
    private final long epoch;
    private final PriorState prior;
    private final Stamp stamp;

    @JsonCreator
    Permit(
            @JsonProperty("resource") Resource resource,
            @JsonProperty("epoch") long epoch,
            @JsonProperty("prior") PriorState prior,
            @JsonProperty("stamp") Stamp stamp) {
        this.resource = resource;
        this.epoch = epoch;
        this.prior = prior;
        this.stamp = stamp;
    }

    /** What may be changed. */
    @JsonProperty
    public Resource resource() {
        return resource;
    }

    /** Rises with each permit of the slot; a writer with an older one is stale. */
    @JsonProperty
    public long epoch() {
        return epoch;
    }

    /** What an undo returns to. */
    @JsonProperty
    public PriorState prior() {
        return prior;
    }

    /** Who acts. */
    @JsonProperty
    public Stamp stamp() {
        return stamp;
    }

    @Override
    public String toString() {
        return resource + " epoch " + epoch + " " + stamp;
    }
}
