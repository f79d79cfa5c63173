package dev.slipway.activities.watch;

import dev.slipway.model.Risk;
import dev.slipway.model.Rule;
import dev.slipway.model.Slo;
import dev.slipway.model.analysis.Purpose;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.WatchOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Orders of watches, changed where a test wants another one. */
final class Orders {
    private final HelmTarget track;
    private final Purpose purpose;
    private final List<Slo> slos;
    private Optional<HelmTarget> stable = Optional.empty();
    private Rule rule = Rule.DEFAULT;
    private Duration warmUp = Duration.ZERO;
    private Duration atLeast = Duration.ofMinutes(1);
    private Duration atMost = Duration.ofMinutes(5);
    private long minRequests;
    private Duration blindBudget = Duration.ofMinutes(1);
    private Optional<WatchOrder.Trip> trip = Optional.empty();

    private Orders(HelmTarget track, Purpose purpose, List<Slo> slos) {
        this.track = track;
        this.purpose = purpose;
        this.slos = slos;
    }

    static Orders ramp(HelmTarget track, Slo... slos) {
        return new Orders(track, Purpose.RAMP, List.of(slos));
    }

    static Orders soak(HelmTarget track, Slo... slos) {
        return new Orders(track, Purpose.SOAK, List.of(slos));
    }

    Orders beside(HelmTarget other) {
        stable = Optional.of(other);
        return this;
    }

    Orders by(Rule other) {
        rule = other;
        return this;
    }

    Orders warmUp(Duration time) {
        warmUp = time;
        return this;
    }

    Orders atLeast(Duration time) {
        atLeast = time;
        return this;
    }

    Orders atMost(Duration time) {
        atMost = time;
        return this;
    }

    Orders minRequests(long requests) {
        minRequests = requests;
        return this;
    }

    Orders blindBudget(Duration time) {
        blindBudget = time;
        return this;
    }

    Orders trip(WatchOrder.Trip wire) {
        trip = Optional.of(wire);
        return this;
    }

    WatchOrder order() {
        return new WatchOrder(
                track,
                stable,
                purpose,
                slos,
                rule,
                Risk.OF_A_RELEASE,
                warmUp,
                atLeast,
                atMost,
                minRequests,
                blindBudget,
                trip,
                Footprint.NONE);
    }
}
