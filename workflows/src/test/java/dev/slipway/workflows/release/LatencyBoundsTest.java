package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Outcome;
import dev.slipway.model.StagePlan;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.BoundsOrder;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseResult;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An SLO whose bound is no bucket could never be judged: it is refused before anything is touched (M3). */
class LatencyBoundsTest {
    private static final StagePlan STAGE = Plans.rolling("development", Plans.fastSoak(Duration.ofHours(1)));

    private final Scenario slipway = new Scenario("development");

    @AfterEach
    void close() {
        slipway.close();
    }

    @Test
    void aBoundThatIsNoBucketRefusesTheReleaseBeforeTheSlotIsTaken() {
        slipway.cluster.running("development", "podinfo", "1.0.0");
        slipway.watch.bounds(Verdict.failed("latency: below 3s is no bucket"));
        // to see that it is not even asked for
        slipway.turnstile.fail("Fence_Claim", FailureType.FORBIDDEN.failure("the slot was asked for"));

        ReleaseResult result = slipway.end(slipway.start("2.0.0", STAGE));

        assertThat(result.outcome())
                .isEqualTo(new Outcome.Refused(
                        new EnvironmentName("development"), "render: latency: below 3s is no bucket"));
        assertThat(slipway.clusterHistory()).isEmpty();
        assertThat(slipway.watch.orders()).isEmpty();
    }

    @Test
    void whatCannotBeKnownBeforehandIsSaidAndLeftToTheWatch() {
        slipway.watch.bounds(Verdict.inconclusive("not known before the deployment"));

        ReleaseResult result = slipway.end(slipway.start("2.0.0", STAGE));

        assertThat(result.outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(result.view().stages().get(0).steps().get(0).evidence())
                .contains(Evidence.of("buckets", "not known before the deployment"));
    }

    @Test
    void theBoundsAreLookedForInWhatRunsNow() {
        slipway.end(slipway.start("2.0.0", STAGE));

        HelmTarget stable = new HelmTarget(new EnvironmentName("development"), "development", "podinfo");
        assertThat(slipway.watch.asked()).containsExactly(new BoundsOrder(stable, List.of(Plans.LATENCY)));
    }

    @Test
    void aStageWithoutLatencyAsksNothing() {
        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development", Plans.soak(Duration.ofHours(1))));

        assertThat(slipway.end(order).outcome()).isEqualTo(new Outcome.Promoted());
        assertThat(slipway.watch.asked()).isEmpty();
    }
}
