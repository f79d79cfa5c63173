package dev.slipway.workflows.stage;

import dev.slipway.model.Environment;
import dev.slipway.model.Measured;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How long the way back takes, as far as this release has shown it, and where the figure comes from. Nothing is guessed. */
final class UndoTime {
    private UndoTime() {}

    /**
     * @param firstEver whether there is no version to go back to
     * @param canary whether users come to the new version by the weights of a route
     * @param measured how long this release's deployments took until now
     */
    static String words(Environment environment, boolean firstEver, boolean canary, List<Measured> measured) {
        if (firstEver) {
            return "nothing was deployed here before, so an undo uninstalls it; how long that takes was not measured";
        }
        String first = canary ? "first one write of the route takes the traffic off the canary; then " : "";
        return first + figure(measured) + "; when the version before is not ready again within "
                + span(environment.startUpLimit()) + " (start-up limit of " + environment.name()
                + "), the undo is stuck and somebody is called";
    }

    private static String figure(List<Measured> measured) {
        Optional<Measured> slowest = measured.stream().max(Comparator.comparing(Measured::took));
        return slowest.map(one -> "about " + span(one.took())
                        + ": the version before is deployed again, and the slowest deployment of this release so far, "
                        + one.step() + " in " + one.environment() + ", took that")
                .orElse("a time that was not measured: this release has deployed nothing yet that would tell");
    }

    /** {@code 1h30m}, {@code 42s}; what took less than a second was 1s. */
    private static String span(Duration time) {
        Duration whole = time.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
        return whole.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
