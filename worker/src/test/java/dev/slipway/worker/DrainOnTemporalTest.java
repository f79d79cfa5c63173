package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseResult;
import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.testing.FakeCluster;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Turnstile;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Workers that stop and lose their wire, on a real Temporal server (T3, T9, T17 of the failure matrix). The test server
 * will not do: it gives tasks to workers that are gone.
 */
@Tag("lab")
@EnabledIfEnvironmentVariable(named = "TEMPORAL_ADDRESS", matches = ".+")
class DrainOnTemporalTest {
    private static final int SLOW_MACHINE_SECONDS = 120;

    private final TemporalProcess temporal = new TemporalProcess();
    private final WorkflowServiceStubs service =
            WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                    .setTarget(temporal.address())
                    .build());
    private final WorkflowClient client = Generation.client(service);
    private final FakeCluster cluster = new FakeCluster().running("production", "podinfo", "1.0.0");
    private final Turnstile turnstile = new Turnstile();

    DrainOnTemporalTest() throws IOException {}

    @AfterEach
    void close() {
        service.shutdownNow();
        temporal.close();
    }

    @Test
    void aWorkerThatStopsDuringAnyCallOfAGoodReleaseBurnsNoAttemptAndStartsNothingTwice() throws Exception {
        ReleaseResult result = replacedDuring(List.of(
                "Helm_Render",
                "Fence_Claim",
                "Helm_Observe",
                "Helm_Apply",
                "Pods_AwaitReady",
                "Route_Observe",
                "Route_Shift",
                "Guard_Compare",
                "Pods_Sides",
                "Watch_Watch",
                "Route_Detach",
                "Helm_Uninstall",
                "Fence_Release"));

        assertThat(result.outcome().word()).isEqualTo("PROMOTED");
        assertThat(cluster.history())
                .containsExactly(
                        "production: helm upgrade podinfo-canary 2.0.0",
                        "production: weight 0",
                        "production: weight 5",
                        "production: helm upgrade podinfo 2.0.0",
                        "production: route to stable alone",
                        "production: helm uninstall podinfo-canary");
        assertThat(again()).isEmpty();
    }

    @Test
    void aWorkerThatStopsDuringAnyCallOfAnUndoBurnsNoAttemptAndStartsNothingTwice() throws Exception {
        turnstile.fail("Watch_Watch", FailureType.INVALID_INPUT.failure("the query is wrong"));

        ReleaseResult result = replacedDuring(List.of("Route_Restore", "Helm_Restore", "Fence_Release"));

        assertThat(result.outcome().word()).isEqualTo("ROLLED_BACK");
        assertThat(cluster.history())
                .containsExactly(
                        "production: helm upgrade podinfo-canary 2.0.0",
                        "production: weight 0",
                        "production: weight 5",
                        "production: route restored",
                        "production: helm uninstall podinfo-canary");
        assertThat(again()).isEmpty();
    }

    @Test
    void aHelmThatRunsWhileTemporalIsAwayEndsOnceAndIsNotRunAgain() throws Exception {
        try (Wire wire = new Wire(temporal.port());
                Generation worker = new Generation(wire.address(), cluster, turnstile)) {
            Turnstile.Held helm = turnstile.hold("Helm_Apply");
            WorkflowStub release = start();
            helm.awaitArrival();

            wire.cut();
            await("Temporal gives the first attempt up", () -> attempt("podinfo:production") > 1);
            helm.letPass();
            wire.mend();
            ReleaseResult result = release.getResult(SLOW_MACHINE_SECONDS, TimeUnit.SECONDS, ReleaseResult.class);

            assertThat(result.outcome().word()).isEqualTo("PROMOTED");
            assertThat(cluster.history())
                    .filteredOn(line -> line.contains("helm upgrade"))
                    .containsExactly(
                            "production: helm upgrade podinfo-canary 2.0.0", "production: helm upgrade podinfo 2.0.0");
        }
    }

    /** Plays a release; at each of these calls the workers are replaced while the call runs. */
    private ReleaseResult replacedDuring(List<String> calls) throws Exception {
        List<Turnstile.Held> held = calls.stream().map(turnstile::hold).toList();
        Generation now = generation();
        WorkflowStub release = start();
        for (Turnstile.Held call : held) {
            call.awaitArrival();
            Generation next = generation();
            CompletableFuture<Void> drained = now.drains();
            call.letPass();
            drained.get(SLOW_MACHINE_SECONDS, TimeUnit.SECONDS);
            now = next;
        }
        try {
            return release.getResult(SLOW_MACHINE_SECONDS, TimeUnit.SECONDS, ReleaseResult.class);
        } finally {
            now.close();
        }
    }

    private Generation generation() {
        Generation next = new Generation(temporal.address(), cluster, turnstile);
        await("the workers poll", next::polls);
        return next;
    }

    private WorkflowStub start() {
        ReleaseOrder order = Plans.order("2.0.0", Map.of(), Plans.quick(Plans.canary("production", List.of(), 5)));
        WorkflowStub release = client.newUntypedWorkflowStub(
                "Release",
                WorkflowOptions.newBuilder()
                        .setTaskQueue(TaskQueues.CONTROL)
                        .setWorkflowId(order.release().toString())
                        .build());
        release.start(order);
        return release;
    }

    /** Calls that were begun again: {@code Helm_Apply attempt 2 after <why>}. */
    private List<String> again() {
        List<HistoryEvent> events = client.fetchHistory("podinfo:production").getEvents();
        return events.stream()
                .filter(HistoryEvent::hasActivityTaskStartedEventAttributes)
                .map(HistoryEvent::getActivityTaskStartedEventAttributes)
                .filter(started -> started.getAttempt() > 1)
                .map(started -> events.get((int) started.getScheduledEventId() - 1)
                                .getActivityTaskScheduledEventAttributes()
                                .getActivityType()
                                .getName()
                        + " attempt " + started.getAttempt() + " after "
                        + started.getLastFailure().getMessage())
                .toList();
    }

    private int attempt(String workflowId) {
        return client
                .newUntypedWorkflowStub(workflowId)
                .describe()
                .getRawDescription()
                .getPendingActivitiesList()
                .stream()
                .mapToInt(activity -> activity.getAttempt())
                .max()
                .orElse(0);
    }

    private static void await(String what, BooleanSupplier done) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SLOW_MACHINE_SECONDS);
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }
}
