package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.util.Duration;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.Denied;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is counted of a release, by workers that keep nothing in memory: nearly every task replays all that was before. */
class MetersTest {
    private static final Set<String> OURS =
            Set.of("service", "environment", "outcome", "verdict", "resource", "result", "decision", "kind");
    private static final double REPORT_SECONDS = 0.01;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Scope scope = new RootScopeBuilder()
            .reporter(new MicrometerClientStatsReporter(meters))
            .reportEvery(Duration.ofSeconds(REPORT_SECONDS));

    @Test
    void aPromotionIsCountedOnceThoughItIsReplayedAgainAndAgain() {
        try (Scenario slipway = Scenario.metered(scope, "production")) {
            slipway.cluster.running("production", "podinfo", "1.0.0");
            ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(2)), 10));
            slipway.awaitPhase(order, "production", "WAITING");
            slipway.stage(order, "production").denied(new Denied("production/approve", "ci", "APPROVE", "requester"));
            decide(slipway, order, "approver-1", Decision.Choice.APPROVE);
            decide(slipway, order, "approver-2", Decision.Choice.APPROVE);

            slipway.end(order);
            awaitCount("slipway_release{outcome=PROMOTED,service=podinfo} 1");
        }

        assertThat(counted())
                .contains(
                        "slipway_deployment{environment=production,outcome=PROMOTED,service=podinfo} 1",
                        "slipway_vote_refused{environment=production,kind=DENIED,service=podinfo} 1",
                        "slipway_approval_wait{decision=APPROVED,environment=production,service=podinfo} 1",
                        "slipway_lead_time{environment=production,service=podinfo} 1",
                        "slipway_verdict{environment=production,service=podinfo,verdict=PASSED} 6")
                .noneMatch(meter -> meter.startsWith("slipway_undo") || meter.startsWith("slipway_restore_time"));
        assertThat(meters.get("slipway_lead_time").timer().totalTime(TimeUnit.SECONDS))
                .as("with the minute in which the canary drains")
                .isGreaterThanOrEqualTo(60);
    }

    @Test
    void whatIsPutBackIsCountedWithTheTimeUntilItWasAsBefore() {
        try (Scenario slipway = Scenario.metered(scope, "production")) {
            slipway.cluster.running("production", "podinfo", "1.0.0");
            slipway.watch.then(Verdict.failed("errors"));
            ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 10));

            slipway.end(order);
            awaitCount("slipway_release{outcome=ROLLED_BACK,service=podinfo} 1");
        }

        assertThat(counted())
                .contains(
                        "slipway_deployment{environment=production,outcome=ROLLED_BACK,service=podinfo} 1",
                        "slipway_verdict{environment=production,service=podinfo,verdict=FAILED} 1",
                        "slipway_undo{environment=production,resource=ROUTE,result=RESTORED,service=podinfo} 1",
                        "slipway_undo{environment=production,resource=CANARY,result=RESTORED,service=podinfo} 1",
                        "slipway_restore_time{environment=production,service=podinfo} 1")
                .noneMatch(meter -> meter.startsWith("slipway_lead_time"));
    }

    @Test
    void anApprovalThatSomebodyRefusesAndOneThatNobodyAnswersAreTimedAsWhatTheyWere() {
        try (Scenario slipway = Scenario.metered(scope, "production")) {
            ReleaseOrder refused = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 10));
            slipway.awaitPhase(refused, "production", "WAITING");
            decide(slipway, refused, "approver-1", Decision.Choice.REJECT);
            slipway.end(refused);

            ReleaseOrder unanswered = slipway.start("2.1.0", Plans.canary("production", List.of(Plans.approve(1)), 10));
            slipway.end(unanswered);
            awaitCount("slipway_release{outcome=EXPIRED,service=podinfo} 1");
        }

        assertThat(counted())
                .contains(
                        "slipway_approval_wait{decision=REJECTED,environment=production,service=podinfo} 1",
                        "slipway_approval_wait{decision=NOBODY,environment=production,service=podinfo} 1");
    }

    private static void decide(Scenario slipway, ReleaseOrder order, String person, Decision.Choice choice) {
        slipway.stage(order, "production").decide(slipway.vote(order, "production/approve", person, choice));
    }

    /** What is counted goes to the registry a moment later. */
    private void awaitCount(String meter) {
        Scenario.awaitThat(meter, () -> counted().contains(meter));
    }

    private List<String> counted() {
        return meters.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("slipway_"))
                .map(meter -> words(meter.getId()) + " " + (long) count(meter))
                .toList();
    }

    private static double count(Meter meter) {
        return meter instanceof Timer timer
                ? timer.count()
                : meter.measure().iterator().next().getValue();
    }

    private static String words(Meter.Id id) {
        return id.getName()
                + id.getTags().stream()
                        .filter(tag -> OURS.contains(tag.getKey()))
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .sorted()
                        .collect(Collectors.joining(",", "{", "}"));
    }
}
