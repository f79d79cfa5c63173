package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Verdict;
import dev.slipway.model.analysis.Progress;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the Temporal UI says of a soak, which its workflow hears of only now and then. */
class HeadwayTest {
    private static final Instant SEEN = Instant.parse("2026-11-22T14:05:00Z");

    private final Scenario slipway = new Scenario("development", "production");

    @AfterEach
    void close() {
        slipway.close();
    }

    @Test
    void aSoakThatHandedOverSaysWhatItHadEarnedThenWhenItWillEndAndWhereToLookForNow() {
        slipway.watch
                .then(order -> new WatchResult.HandedOver(seen(Optional.of(SEEN.plus(Duration.ofHours(21))))))
                .thenNeverEnds();

        ReleaseOrder order = soaking();

        assertThat(slipway.details(order, "development"))
                .contains("soak: earned 3h12m of 24h, expected end 2026-11-23T11:05:00Z as of 2026-11-22T14:05:00Z"
                        + " (errors: 12 of 100 requests); as of now: the heartbeat of the pending watch, or"
                        + " slipway get podinfo@2.0.0\n");
    }

    @Test
    void aSoakWhoseTimeDoesNotCountHasNoExpectedEnd() {
        slipway.watch
                .then(order -> new WatchResult.HandedOver(seen(Optional.empty())))
                .thenNeverEnds();

        assertThat(slipway.details(soaking(), "development"))
                .contains("soak: earned 3h12m of 24h as of 2026-11-22T14:05:00Z (errors: 12 of 100 requests)")
                .doesNotContain("expected end");
    }

    @Test
    void aSoakThatBeginsHasEarnedNothing() {
        slipway.watch.thenNeverEnds();

        assertThat(slipway.details(soaking(), "development"))
                .containsPattern("soak: earned 0s of 24h, expected end \\S+Z as of \\S+Z; as of now");
    }

    @Test
    void aWatchThatWentBlindKeepsWhatItHadSeen() {
        slipway.watch
                .then(order -> new WatchResult.Blind("no answer", seen(Optional.empty())))
                .thenNeverEnds();

        assertThat(slipway.details(soaking(), "development")).contains("HOLDING", "soak: earned 3h12m of 24h as of");
    }

    @Test
    void aRampIsWatchedAndEarnsNothing() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
        slipway.watch.thenNeverEnds();
        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 5));
        slipway.watch.awaitWatching();

        assertThat(slipway.details(order, "production")).contains("ramp 5%: watched 0s of 1m as of ");
    }

    @Test
    void whatIsOverIsNotToldAnyMore() {
        slipway.watch.then(Verdict.passed());
        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development", Plans.soak(Duration.ofHours(24))));
        slipway.end(order);

        assertThat(slipway.details(order, "development")).contains("PROMOTED").doesNotContain("earned");
    }

    @Test
    void anAbortedSoakIsNotToldAnyMore() {
        slipway.watch.thenNeverEnds();
        ReleaseOrder order = soaking();

        slipway.release(order).abort(new Said(Plans.CI, "enough"));
        slipway.end(order);

        assertThat(slipway.details(order, "development")).contains("ABORTED").doesNotContain("earned");
    }

    private ReleaseOrder soaking() {
        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development", Plans.soak(Duration.ofHours(24))));
        slipway.watch.awaitWatching();
        return order;
    }

    private static WatchState seen(Optional<Instant> end) {
        return WatchState.begin(SEEN)
                .with(new Progress(
                        Duration.ofMinutes(192), Duration.ofHours(24), end, List.of("errors: 12 of 100 requests")));
    }
}
