package dev.slipway.activities.route;

import dev.slipway.model.Weight;
import dev.slipway.workflows.api.RouteTarget;
import java.util.Optional;

/** A route whose canary has a share, as a stage leaves it before it lets a watch look. */
public final class ExposedRoute {
    private ExposedRoute() {}

    /** Sets the share as the writer of this epoch. */
    public static void expose(TrafficSwitch router, RouteTarget target, long epoch, Weight share) {
        while (true) {
            TrafficSwitch.Sight seen = router.look(target);
            RouteMark mark = new RouteMark(epoch, Optional.of("bench"), Optional.empty());
            if (seen.write(mark, seen.shares().shifted(target, share))) {
                return;
            }
        }
    }
}
