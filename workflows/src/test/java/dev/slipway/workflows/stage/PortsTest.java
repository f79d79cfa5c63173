package dev.slipway.workflows.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Backend;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Risk;
import dev.slipway.model.Rule;
import dev.slipway.model.analysis.Purpose;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.api.WatchOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final HelmTarget TRACK = new HelmTarget(new EnvironmentName("production"), "production", "llm");
    private static final WatchOrder.Trip TRIP = new WatchOrder.Trip(
            new RouteTarget(
                    TRACK.environment(), "production", "llm", new Backend("llm", 80), new Backend("llm-canary", 80)),
            7);

    @Test
    void aRampIsNeverLongWithoutAWatchHoweverLongItIs() {
        assertThat(heartbeat(Duration.ofDays(365), Optional.of(TRIP))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aSoakMayBeWithoutAWatchForAHundredthOfItsTime() {
        assertThat(heartbeat(Duration.ofMinutes(1), Optional.empty())).isEqualTo(Duration.ofSeconds(10));
        assertThat(heartbeat(Duration.ofHours(1), Optional.empty())).isEqualTo(Duration.ofSeconds(36));
        assertThat(heartbeat(Duration.ofHours(48), Optional.empty())).isEqualTo(Duration.ofMinutes(5));
    }

    private static Duration heartbeat(Duration atLeast, Optional<WatchOrder.Trip> trip) {
        return Ports.watchHeartbeat(new WatchOrder(
                TRACK,
                Optional.empty(),
                trip.isPresent() ? Purpose.RAMP : Purpose.SOAK,
                List.of(),
                Rule.DEFAULT,
                Risk.OF_A_RELEASE,
                Duration.ZERO,
                atLeast,
                atLeast.multipliedBy(2),
                1,
                Duration.ofMinutes(1),
                trip,
                Footprint.NONE));
    }
}
