package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Outcome;
import dev.slipway.model.StageView;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Workers that are away, crowded or cut off from their cluster (T18, T19 of the failure matrix, and blind moments). */
class AwayTest {
    @Test
    void anEnvironmentWithoutAWorkerHoldsAndPagesAndGoesOnWhenThereIsOne() {
        try (Scenario slipway = new Scenario("development")) {
            ReleaseOrder order = slipway.start(
                    "2.0.0",
                    Plans.rolling("development"),
                    Plans.patience(Duration.ofSeconds(1), Plans.rolling("staging")));
            Scenario.await(
                    "somebody is called",
                    () -> slipway.pager.pages().contains("SlipwayNoWorker podinfo@2.0.0 staging"));
            StageView meanwhile = slipway.stage(order, "staging").view();
            slipway.lateWorker("staging");

            assertThat(slipway.end(order).outcome()).isEqualTo(new Outcome.Promoted());
            assertThat(meanwhile.reason()).contains("no worker takes", "docs/runbooks/SlipwayNoWorker.md");
            Scenario.await(
                    "the page is closed",
                    () -> slipway.pager.pages().contains("resolved SlipwayNoWorker podinfo@2.0.0 staging"));
        }
    }

    @Test
    void aClusterThatIsAwayHoldsAndPagesAndIsNoReasonToRollBack() {
        try (Scenario slipway = new Scenario("development")) {
            for (int attempt = 0; attempt < 40; attempt++) {
                slipway.turnstile.fail("Helm_Apply", FailureType.UNREACHABLE.failure("connection refused"));
            }
            ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development"));

            assertThat(slipway.end(order).outcome()).isEqualTo(new Outcome.Promoted());
            assertThat(slipway.pager.pages()).contains("SlipwayUnreachable podinfo@2.0.0 development");
            assertThat(slipway.clusterHistory()).containsExactly("development: helm upgrade podinfo 2.0.0");
        }
    }

    @Test
    void releasesThatPushEachOtherOutOfTheCacheEndAsTheyWouldAlone() {
        try (Scenario slipway = Scenario.withoutMemory("development", "production")) {
            slipway.cluster.running("production", "podinfo", "1.0.0");
            ReleaseOrder first = slipway.start("2.0.0", Plans.canary("production", List.of(), 5, 50));
            ReleaseOrder second = slipway.start("3.0.0", Plans.rolling("development", Plans.soak(Duration.ofHours(1))));

            assertThat(slipway.end(second).outcome()).isEqualTo(new Outcome.Promoted());
            assertThat(slipway.end(first).outcome()).isEqualTo(new Outcome.Promoted());
            assertThat(slipway.clusterHistory().stream().filter(line -> line.startsWith("production")))
                    .containsExactly(
                            "production: helm upgrade podinfo-canary 2.0.0",
                            "production: weight 0",
                            "production: weight 5",
                            "production: weight 50",
                            "production: helm upgrade podinfo 2.0.0",
                            "production: route to stable alone",
                            "production: helm uninstall podinfo-canary");
        }
    }
}
