package dev.slipway.workflows.stage;

import dev.slipway.model.Environment;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Remains;
import dev.slipway.workflows.api.RouteTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The slot of a stage that is gone, as its claim tells. */
final class Wreck implements Place {
    private final Claim claim;
    private final Map<HelmTarget, Footprint.Release> left = new LinkedHashMap<>();

    Wreck(Claim claim, Remains remains) {
        this.claim = claim;
        remains.left().forEach(release -> left.put(release.target(), release));
    }

    @Override
    public ReleaseId id() {
        return claim.stamp().release();
    }

    @Override
    public Environment environment() {
        return claim.environment();
    }

    @Override
    public HelmTarget stable() {
        return claim.stable();
    }

    @Override
    public Footprint takeBack(HelmTarget release) {
        Footprint.Release known = left.remove(release);
        return known == null ? Footprint.NONE : new Footprint(List.of(known), Optional.empty());
    }

    @Override
    public RouteTarget route() {
        return claim.route()
                .orElseThrow(() -> new IllegalStateException("the claim of " + id() + " has a ROUTE but names none"));
    }
}
