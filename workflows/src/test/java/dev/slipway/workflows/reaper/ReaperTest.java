package dev.slipway.workflows.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Environment;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import dev.slipway.workflows.undo.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class ReaperTest {
    private static final String PAGE = "SlipwayOrphan podinfo@2.0.0 production";
    /** A complete round: activities, a page, the end. */
    private static final int FEW = 30;

    private final Scenario slipway = new Scenario("production");

    @BeforeEach
    void running() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
    }

    @AfterEach
    void close() {
        slipway.stopReaper("production");
        slipway.close();
    }

    /**
     * What a stage that Temporal does not know any more has left. None is terminated here, as in {@link RecoveryTest}: the
     * test server would not skip time after that.
     */
    private void orphan() {
        Environment production = Plans.environment("production");
        String run = "0b2a7c1e-1111-4222-8333-123456789abc";
        Stamp stamp = new Stamp(ReleaseId.parse("podinfo@2.0.0"), 1, production.name(), run);
        HelmTarget stable = new HelmTarget(production.name(), "production", "podinfo");
        slipway.cluster.claim(new Claim(stamp, production, stable, Optional.empty(), Map.of(), 3));
    }

    /** The calls for orphans, in order. */
    private List<String> calls() {
        return slipway.pager.pages().stream()
                .filter(page -> page.contains("SlipwayOrphan"))
                .toList();
    }

    @Test
    void anOrphanIsPagedOnceAndThePageClosesWhenItIsGone() {
        orphan();
        slipway.reaper("production");

        slipway.sleep(Duration.ofMinutes(10));
        assertThat(calls()).containsExactly(PAGE);
        assertThat(slipway.pager.summaries())
                .filteredOn(summary -> summary.contains("SlipwayOrphan"))
                .singleElement()
                .asString()
                .contains(
                        "podinfo@2.0.0 has left things in production",
                        "Lease slipway-podinfo: claim of attempt 1 is open",
                        "slipway recover podinfo --environment production",
                        "docs/runbooks/SlipwayOrphan.md");

        slipway.recover("production", false);
        slipway.recovered("production");
        slipway.sleepUntil(Duration.ofMinutes(3), "the page is closed", () -> calls().size() > 1);
        assertThat(calls()).containsExactly(PAGE, "resolved " + PAGE);
    }

    @Test
    void aStageThatStillRunsIsNoOrphan() {
        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 25));
        slipway.awaitPhase(order, "production", "WAITING");
        assertThat(slipway.cluster.claim("production")).isPresent();
        slipway.reaper("production");

        slipway.sleep(Duration.ofMinutes(5));

        assertThat(calls()).isEmpty();
    }

    @Test
    void whatWasSeenInOneRoundOnlyIsNotPaged() {
        orphan();
        slipway.reaper("production");
        slipway.sleep(Duration.ofSeconds(61));
        assertThat(slipway.rounds("production")).isEqualTo(1);

        slipway.recover("production", false);
        slipway.recovered("production");
        slipway.sleep(Duration.ofMinutes(3));

        assertThat(calls()).isEmpty();
    }

    @Test
    void aClusterThatIsAwayForSomeRoundsForgetsNothing() {
        orphan();
        slipway.reaper("production");
        slipway.sleep(Duration.ofMinutes(5));
        slipway.cluster.away(true);
        slipway.sleep(Duration.ofMinutes(5));
        slipway.cluster.away(false);
        slipway.sleep(Duration.ofMinutes(5));

        assertThat(calls()).containsExactly(PAGE);
    }

    @Test
    void aRoundCostsFewEventsAndChangesNothing() {
        orphan();
        List<String> before = slipway.clusterHistory();
        slipway.reaper("production");

        slipway.sleep(Duration.ofMinutes(5));

        assertThat(slipway.clusterHistory()).isEqualTo(before);
        assertThat(slipway.history("reaper-production").getEvents().size()).isLessThan(FEW);
    }
}
