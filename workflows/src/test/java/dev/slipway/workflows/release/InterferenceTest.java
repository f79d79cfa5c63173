package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Actor;
import dev.slipway.model.Gate;
import dev.slipway.model.Ramp;
import dev.slipway.model.Rollout;
import dev.slipway.model.StagePlan;
import dev.slipway.model.StageView;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseResult;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody else changes what a stage is working on: it ends, its own traffic is taken off, and theirs is left alone. */
class InterferenceTest {
    private final Scenario slipway = new Scenario("development", "production");

    @BeforeEach
    void something() {
        slipway.cluster.running("production", "podinfo", "1.0.0");
    }

    @AfterEach
    void close() {
        slipway.close();
    }

    @Test
    void aForeignUpgradeOfStableInARampEndsTheStageAndStays() {
        slipway.watch.then(whenSomebody(order -> slipway.cluster.foreignUpgrade("production", "podinfo", "9.9.9")));

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 5, 25));
        interfered(slipway.end(order), "podinfo", "9.9.9");

        assertThat(slipway.cluster.version("production", "podinfo")).contains("9.9.9");
        ourTrafficIsOff();
        paged(order);
    }

    @Test
    void aForeignUpgradeOfStableBetweenTwoLooksIsFoundBeforeTheNextRise() {
        slipway.watch.then(order -> {
            slipway.cluster.foreignUpgrade("production", "podinfo", "9.9.9");
            return new WatchResult.Decided(Verdict.passed(), false);
        });

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 5, 25));
        interfered(slipway.end(order), "podinfo", "9.9.9");

        assertThat(slipway.clusterHistory()).doesNotContain("production: weight 25");
        ourTrafficIsOff();
    }

    @Test
    void anEditOfTheCanaryInARampEndsTheStageAndTheCanaryGoes() {
        slipway.watch.then(whenSomebody(order ->
                slipway.cluster.foreignEdit("production", "podinfo-canary", "kubectl-edit: image 2.0.0 -> 2.0.1")));

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 5));
        interfered(slipway.end(order), "kubectl-edit", "2.0.0 -> 2.0.1");

        assertThat(slipway.cluster.version("production", "podinfo")).contains("1.0.0");
        ourTrafficIsOff();
        paged(order);
    }

    @Test
    void anEditOfThePromotedStableInTheSoakIsLeftAlone() {
        slipway.watch
                .then(Verdict.passed())
                .then(whenSomebody(order ->
                        slipway.cluster.foreignEdit("production", "podinfo", "kubectl-edit: memory limit 1Gi -> 2Gi")));

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 50));
        interfered(slipway.end(order), "kubectl-edit", "1Gi -> 2Gi");
        assertThat(slipway.end(order).outcome().reason())
                .as("what stopped it is what was left alone: it is said once")
                .containsOnlyOnce("1Gi -> 2Gi");

        assertThat(slipway.clusterHistory()).noneMatch(line -> line.contains("rollback"));
        assertThat(slipway.cluster.version("production", "podinfo")).contains("2.0.0");
        ourTrafficIsOff();
        paged(order);
    }

    @Test
    void aForeignWeightThatLeavesTheCanaryWithoutTrafficEndsTheStageAndStays() {
        slipway.watch.then(whenSomebody(order -> slipway.cluster.foreignWeight(route(order), 0)));

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 5));
        interfered(slipway.end(order), "HTTPRoute podinfo");

        assertThat(slipway.clusterHistory()).noneMatch(line -> line.contains("route restored"));
        assertThat(slipway.cluster.weight("production", "podinfo-canary")).isZero();
        assertThat(slipway.cluster.version("production", "podinfo-canary")).isEmpty();
        paged(order);
    }

    @Test
    void aForeignWeightOnTheCanaryKeepsItAliveUntilAPersonHasTakenItOff() {
        RouteTarget[] target = new RouteTarget[1];
        slipway.watch.then(whenSomebody(order -> {
            target[0] = route(order);
            slipway.cluster.foreignWeight(target[0], 40);
        }));

        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(), 5));
        StageView stuck = slipway.awaitPhase(order, "production", "STUCK");
        int weight = slipway.cluster.weight("production", "podinfo-canary");
        Optional<String> canary = slipway.cluster.version("production", "podinfo-canary");
        slipway.cluster.foreignWeight(target[0], 0);
        slipway.stage(order, "production")
                .retryUndo(new Said(new Actor("approver-1", Set.of("deployers")), "set to 0 by hand"));

        assertThat(stuck.reason()).contains("CANARY is not back");
        assertThat(weight).isEqualTo(40);
        assertThat(canary).contains("2.0.0");
        interfered(slipway.end(order), "HTTPRoute podinfo");
        assertThat(slipway.cluster.version("production", "podinfo-canary")).isEmpty();
    }

    @Test
    void aChangeWhileAnApprovalBetweenRampsWaitsIsSeenByTheSafetyWatch() {
        slipway.watch
                .then(Verdict.passed())
                .safety(whenSomebody(order -> slipway.cluster.foreignUpgrade("production", "podinfo", "9.9.9")));

        ReleaseOrder order = slipway.start("2.0.0", approvedBetweenRamps());
        interfered(slipway.end(order), "podinfo", "9.9.9");

        assertThat(slipway.cluster.version("production", "podinfo")).contains("9.9.9");
        ourTrafficIsOff();
        paged(order);
    }

    @Test
    void aForeignUninstallOfARollingReleaseInTheSoakIsNotUndone() {
        slipway.cluster.running("development", "podinfo", "1.0.0");
        slipway.watch.then(whenSomebody(order -> slipway.cluster.foreignUninstall("development", "podinfo")));

        ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("development", Plans.soak(Duration.ofHours(1))));
        interfered(slipway.end(order), "uninstalled");

        assertThat(slipway.cluster.version("development", "podinfo")).isEmpty();
    }

    /** A watch in which somebody does this, and that compares as the real one does. */
    private Function<WatchOrder, WatchResult> whenSomebody(Consumer<WatchOrder> acts) {
        return order -> {
            acts.accept(order);
            return slipway.cluster
                    .compare(order.left())
                    .<WatchResult>map(WatchResult.Interfered::new)
                    .orElseGet(() -> new WatchResult.Decided(Verdict.passed(), false));
        };
    }

    private static RouteTarget route(WatchOrder order) {
        return order.left().route().map(Footprint.Route::target).orElseThrow();
    }

    private static StagePlan approvedBetweenRamps() {
        StagePlan plan = Plans.canary("production", List.of(), 5, 25);
        Rollout.Canary canary = (Rollout.Canary) plan.rollout();
        Gate.Approve approve = Plans.approve(1);
        List<Ramp> ramps = List.of(
                canary.ramps().get(0),
                new Ramp(canary.ramps().get(1).to(), canary.ramps().get(1).analyze(), Optional.of(approve)));
        return new StagePlan(
                plan.environment(),
                plan.valuesFiles(),
                plan.before(),
                new Rollout.Canary(canary.beforeTraffic(), ramps, canary.drain()),
                plan.after());
    }

    private static void interfered(ReleaseResult result, String... words) {
        assertThat(result.outcome().word()).isEqualTo("INTERFERED");
        assertThat(result.outcome().reason()).contains(words);
    }

    private void ourTrafficIsOff() {
        assertThat(slipway.cluster.weight("production", "podinfo-canary")).isZero();
        assertThat(slipway.cluster.version("production", "podinfo-canary")).isEmpty();
    }

    private void paged(ReleaseOrder order) {
        slipway.awaitPage("SlipwayInterfered " + order.release() + " production");
        assertThat(slipway.pager.summaries())
                .contains(slipway.end(order).outcome().reason());
    }
}
