package dev.slipway.model.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Weight;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Walks every state that a stage can get into: a promotion that is interrupted after each of its steps, with every
 * combination of ready and unready sides, and the undo from there, in which each step may work, fail, or leave a side
 * unready.
 */
class TrafficModelTest {

    /** What stable runs. */
    enum Runs {
        PRIOR,
        NEW
    }

    /** The resources as they really are, and what the ledger says of them. */
    record World(
            Runs stable,
            boolean stableReady,
            boolean canaryThere,
            boolean canaryReady,
            boolean routed,
            int weight,
            Debt stableDebt,
            Debt routeDebt,
            Debt canaryDebt,
            boolean loaded,
            Debt loadDebt) {

        Situation seen() {
            return new Situation(
                    stableReady, canaryReady, new Weight(weight), stableDebt, routeDebt, canaryDebt, loadDebt);
        }

        boolean allPrior() {
            return stable == Runs.PRIOR && !canaryThere && !routed && weight == 0 && !loaded;
        }

        boolean allNew() {
            return stable == Runs.NEW && !canaryThere && !routed && weight == 0;
        }

        World shifted(int to) {
            return new World(
                    stable,
                    stableReady,
                    canaryThere,
                    canaryReady,
                    routed,
                    to,
                    stableDebt,
                    routeDebt,
                    canaryDebt,
                    loaded,
                    loadDebt);
        }

        World withStable(Runs runs, boolean ready, Debt debt) {
            return new World(
                    runs,
                    ready,
                    canaryThere,
                    canaryReady,
                    routed,
                    weight,
                    debt,
                    routeDebt,
                    canaryDebt,
                    loaded,
                    loadDebt);
        }

        World withRoute(boolean nowRouted, int nowWeight, Debt debt) {
            return new World(
                    stable,
                    stableReady,
                    canaryThere,
                    canaryReady,
                    nowRouted,
                    nowWeight,
                    stableDebt,
                    debt,
                    canaryDebt,
                    loaded,
                    loadDebt);
        }

        World withCanary(boolean there, Debt debt) {
            return new World(
                    stable,
                    stableReady,
                    there,
                    there && canaryReady,
                    routed,
                    weight,
                    stableDebt,
                    routeDebt,
                    debt,
                    loaded,
                    loadDebt);
        }

        World ready(boolean stableNow, boolean canaryNow) {
            return new World(
                    stable,
                    stableNow,
                    canaryThere,
                    canaryThere && canaryNow,
                    routed,
                    weight,
                    stableDebt,
                    routeDebt,
                    canaryDebt,
                    loaded,
                    loadDebt);
        }

        World withLoad(boolean there, Debt debt) {
            return new World(
                    stable,
                    stableReady,
                    canaryThere,
                    canaryReady,
                    routed,
                    weight,
                    stableDebt,
                    routeDebt,
                    canaryDebt,
                    there,
                    debt);
        }
    }

    @Test
    void undoNeverSendsTrafficToAnUnreadySideWhileTheOtherIsReady() {
        for (World world : everyReachableUndoState()) {
            UndoStep step = UndoStep.next(world.seen());
            boolean onlyCanary = !world.stableReady() && world.canaryReady();
            boolean onlyStable = world.stableReady() && !world.canaryReady();

            if (onlyCanary) {
                assertThat(step)
                        .as("%s", world)
                        .isNotIn(UndoStep.TRAFFIC_TO_STABLE, world.routed() ? UndoStep.RESTORE_ROUTE : UndoStep.DONE);
            }
            if (onlyStable || (world.stableReady() && world.canaryReady())) {
                assertThat(step).as("%s", world).isNotEqualTo(UndoStep.TRAFFIC_TO_CANARY);
            }
        }
    }

    @Test
    void undoNeverRemovesACanaryThatHasTraffic() {
        for (World world : everyReachableUndoState()) {
            if (UndoStep.next(world.seen()) == UndoStep.RESTORE_CANARY) {
                assertThat(world.weight()).as("%s", world).isZero();
            }
        }
    }

    @Test
    void undoLeavesACanaryAloneThatSomebodyElseNowSendsTrafficTo() {
        Situation takenOver = new Situation(true, true, new Weight(30), Debt.NONE, Debt.NONE, Debt.OWED, Debt.NONE);

        assertThat(UndoStep.next(takenOver)).isEqualTo(UndoStep.STUCK);
    }

    @Test
    void undoEndsTheLoadBeforeAnythingElse() {
        for (World world : everyReachableUndoState()) {
            assertThat(UndoStep.next(world.seen()) == UndoStep.END_LOAD)
                    .as("%s", world)
                    .isEqualTo(world.loadDebt() == Debt.OWED);
        }
    }

    @Test
    void aLoadThatCannotBeEndedKeepsNothingElseFromBeingPutBack() {
        World loaded = interruptedEverywhere().stream()
                .filter(w -> w.loaded() && w.stableReady())
                .findFirst()
                .orElseThrow();
        World world = failed(loaded, UndoStep.END_LOAD);
        while (UndoStep.next(world.seen()) != UndoStep.STUCK) {
            world = worked(world, UndoStep.next(world.seen()));
        }

        assertThat(world.withLoad(false, Debt.NONE).allPrior()).as("%s", world).isTrue();
    }

    @Test
    void undoEndsAllPriorOrStuckAndAlwaysEnds() {
        for (World start : interruptedEverywhere()) {
            assertEndsWell(start);
        }
    }

    @Test
    void undoOfWorkingStepsEndsAllPrior() {
        for (World start : interruptedEverywhere()) {
            World world = start;
            for (int i = 0; i < 10 && UndoStep.next(world.seen()) != UndoStep.DONE; i++) {
                world = worked(world, UndoStep.next(world.seen())).ready(true, world.canaryReady());
            }
            assertThat(world.allPrior()).as("from %s to %s", start, world).isTrue();
        }
    }

    @Test
    void promotionEndsAllNewAndShiftsOnlyToAReadyStable() {
        for (World start : interruptedEverywhere()) {
            World world = start;
            for (int i = 0; i < 10; i++) {
                PromoteStep step = promoteStep(world);
                if (step == PromoteStep.TRAFFIC_TO_STABLE) {
                    assertThat(world.stableReady()).as("%s", world).isTrue();
                }
                if (step == PromoteStep.FAIL || step == PromoteStep.DONE) {
                    break;
                }
                world = promoted(world, step);
            }
            assertThat(world.allNew() || promoteStep(world) == PromoteStep.FAIL)
                    .as("from %s to %s", start, world)
                    .isTrue();
        }
    }

    private static PromoteStep promoteStep(World w) {
        return PromoteStep.next(w.stable() == Runs.NEW, w.stableReady(), w.routed(), w.canaryThere());
    }

    private static World promoted(World w, PromoteStep step) {
        return switch (step) {
            case UPGRADE_STABLE -> w.withStable(Runs.NEW, w.stableReady(), Debt.OWED);
            case TRAFFIC_TO_STABLE -> w.withRoute(false, 0, Debt.OWED);
            case REMOVE_CANARY -> w.withCanary(false, Debt.OWED);
            case FAIL, DONE -> w;
        };
    }

    /** Every point at which a canary stage can be stopped, in every readiness. */
    private static List<World> interruptedEverywhere() {
        List<World> points = new ArrayList<>();
        for (boolean stableReady : List.of(true, false)) {
            for (boolean canaryReady : List.of(true, false)) {
                World canaryUp = new World(
                        Runs.PRIOR,
                        stableReady,
                        true,
                        canaryReady,
                        false,
                        0,
                        Debt.NONE,
                        Debt.NONE,
                        Debt.OWED,
                        false,
                        Debt.NONE);
                points.add(canaryUp);
                for (int weight : new int[] {0, 5, 50, 100}) {
                    World routed = canaryUp.withRoute(true, weight, Debt.OWED);
                    points.add(routed);
                    points.add(routed.withStable(Runs.PRIOR, stableReady, Debt.OWED));
                    points.add(routed.withStable(Runs.NEW, stableReady, Debt.OWED));
                }
                World detached = canaryUp.withRoute(false, 0, Debt.OWED).withStable(Runs.NEW, stableReady, Debt.OWED);
                points.add(detached);
                World promoted = detached.withCanary(false, Debt.OWED);
                points.add(promoted);
                points.add(promoted.withLoad(true, Debt.OWED));
            }
        }
        return points;
    }

    private static Set<World> everyReachableUndoState() {
        Set<World> seen = new HashSet<>();
        Deque<World> open = new ArrayDeque<>(interruptedEverywhere());
        while (!open.isEmpty()) {
            World world = open.pop();
            if (seen.add(world)) {
                after(world).forEach(open::push);
            }
        }
        return seen;
    }

    private static void assertEndsWell(World start) {
        Deque<World> open = new ArrayDeque<>(List.of(start));
        Set<World> seen = new HashSet<>();
        while (!open.isEmpty()) {
            World world = open.pop();
            if (!seen.add(world)) {
                continue;
            }
            if (UndoStep.next(world.seen()) == UndoStep.DONE) {
                assertThat(world.allPrior()).as("from %s", start).isTrue();
            }
            after(world).forEach(open::push);
        }
        assertThat(seen)
                .as("some way from %s ends", start)
                .anyMatch(w -> UndoStep.next(w.seen()) == UndoStep.DONE || UndoStep.next(w.seen()) == UndoStep.STUCK);
    }

    /** What may follow: the step works or fails, and meanwhile each side may have become ready or unready. */
    private static Stream<World> after(World world) {
        UndoStep step = UndoStep.next(world.seen());
        if (step == UndoStep.DONE || step == UndoStep.STUCK) {
            return Stream.of();
        }
        return Stream.of(worked(world, step), failed(world, step))
                .flatMap(w -> Stream.of(
                        w.ready(true, true), w.ready(true, false), w.ready(false, true), w.ready(false, false)));
    }

    private static World worked(World w, UndoStep step) {
        return switch (step) {
            case TRAFFIC_TO_STABLE -> w.shifted(0);
            case TRAFFIC_TO_CANARY -> w.shifted(100);
            case RESTORE_STABLE -> w.withStable(Runs.PRIOR, w.stableReady(), Debt.NONE);
            case RESTORE_ROUTE -> w.withRoute(false, 0, Debt.NONE);
            case RESTORE_CANARY -> w.withCanary(false, Debt.NONE);
            case END_LOAD -> w.withLoad(false, Debt.NONE);
            case STUCK, DONE -> w;
        };
    }

    private static World failed(World w, UndoStep step) {
        return switch (step) {
            case TRAFFIC_TO_STABLE, TRAFFIC_TO_CANARY, RESTORE_ROUTE ->
                w.withRoute(w.routed(), w.weight(), Debt.FAILED);
            case RESTORE_STABLE -> w.withStable(w.stable(), w.stableReady(), Debt.FAILED);
            case RESTORE_CANARY -> w.withCanary(w.canaryThere(), Debt.FAILED);
            case END_LOAD -> w.withLoad(w.loaded(), Debt.FAILED);
            case STUCK, DONE -> w;
        };
    }
}
