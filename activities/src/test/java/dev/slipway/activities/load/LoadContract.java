package dev.slipway.activities.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.PriorState;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Resource;
import dev.slipway.model.UndoResult;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Load;
import dev.slipway.workflows.api.LoadOrder;
import dev.slipway.workflows.undo.Permit;
import dev.slipway.workflows.undo.Stamp;
import dev.slipway.workflows.undo.UndoLedger;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Load} does, the Jobs of a cluster and the fake of the workflow tests. */
@Timeout(90)
abstract class LoadContract {
    static final EnvironmentName STAGING = new EnvironmentName("staging");

    final String run = UUID.randomUUID().toString();
    private final UndoLedger ledger =
            new UndoLedger(new Stamp(ReleaseId.parse("podinfo@2.0.0"), 1, STAGING, run), (priors, epoch) -> {});

    /** What is tested. */
    abstract Load load();

    abstract String namespace();

    /** The CronJobs of the Jobs that send requests now. */
    abstract List<String> jobs();

    Permit permit() {
        return ledger.open(Resource.LOAD, PriorState.Absent::new);
    }

    HelmTarget stable() {
        return new HelmTarget(STAGING, namespace(), "podinfo");
    }

    LoadOrder order() {
        return new LoadOrder(stable(), "load-test", Optional.empty(), Duration.ZERO);
    }

    @Test
    void isKeptUntilItIsEndedAndThenNobodyKeepsItAnyMore() throws Exception {
        Permit permit = permit();
        CompletableFuture<Optional<String>> keeping = keeping(permit);
        await("a Job of load-test", () -> jobs().equals(List.of("load-test")));

        UndoResult ended = load().end(permit(), stable());

        assertThat(ended).isInstanceOf(UndoResult.Restored.class);
        assertThat(ended.detail()).endsWith(" deleted, with 1 pod");
        assertThat(jobs()).isEmpty();
        assertFenced(keeping);
        assertThat(jobs()).isEmpty();
    }

    @Test
    void endingTwiceIsEndingOnceAndEndingWhatNeverBeganIsNoError() {
        assertThat(load().end(permit(), stable())).isInstanceOf(UndoResult.AlreadyThere.class);
        assertThat(load().end(permit(), stable())).isInstanceOf(UndoResult.AlreadyThere.class);
    }

    @Test
    void anAttemptThatComesAfterTheEndMakesNoJob() {
        Permit late = permit();
        load().end(permit(), stable());

        assertThatThrownBy(() -> load().keep(late, order()))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class, f -> assertThat(f.getType()).isEqualTo("FENCED"));
        assertThat(jobs()).isEmpty();
    }

    @Test
    void aSoakThatBeginsAgainHasItsLoadAgain() throws Exception {
        load().end(permit(), stable());
        CompletableFuture<Optional<String>> keeping = keeping(permit());
        await("a Job of load-test", () -> jobs().equals(List.of("load-test")));
        load().end(permit(), stable());

        assertFenced(keeping);
        assertThat(jobs()).isEmpty();
    }

    CompletableFuture<Optional<String>> keeping(Permit permit) {
        return CompletableFuture.supplyAsync(() -> load().keep(permit, order()));
    }

    static void assertFenced(CompletableFuture<Optional<String>> keeping)
            throws InterruptedException, TimeoutException {
        try {
            Optional<String> told = keeping.get(60, TimeUnit.SECONDS);
            throw new AssertionError("it was kept up, and told " + told);
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                            ApplicationFailure.class,
                            f -> assertThat(f.getType()).isEqualTo("FENCED"));
        }
    }

    static void await(String what, BooleanSupplier done) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within a minute: " + what);
            }
            Thread.onSpinWait();
        }
    }
}
