package dev.slipway.activities.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.Drain;
import dev.slipway.activities.fence.Leases;
import dev.slipway.activities.kubernetes.MockCluster;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.PriorState;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Resource;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Load;
import dev.slipway.workflows.api.LoadOrder;
import dev.slipway.workflows.api.Payloads;
import dev.slipway.workflows.undo.Permit;
import dev.slipway.workflows.undo.Stamp;
import dev.slipway.workflows.undo.UndoLedger;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadAsActivityTest {
    private static final EnvironmentName STAGING = new EnvironmentName("staging");
    private static final HelmTarget STABLE = new HelmTarget(STAGING, "staging", "podinfo");

    private final MockCluster mock = new MockCluster();
    private final LoadCluster cluster = new LoadCluster(mock.client(), "staging");
    private final Drain drain = new Drain();
    private final UndoLedger ledger =
            new UndoLedger(new Stamp(ReleaseId.parse("podinfo@2.0.0"), 1, STAGING, "run-1"), (priors, epoch) -> {});
    private final TestActivityEnvironment temporal =
            TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Payloads.converter())
                            .build())
                    .build());

    @BeforeEach
    void register() {
        cluster.source(new PodSpec());
        temporal.registerActivitiesImplementations(new LoadActivities(mock.client(), Leases.on(mock.client()), drain));
    }

    @AfterEach
    void stop() {
        temporal.close();
        mock.close();
    }

    private Permit permit() {
        return ledger.open(Resource.LOAD, PriorState.Absent::new);
    }

    private Load load() {
        return temporal.newActivityStub(Load.class);
    }

    @Test
    void aWorkerThatDrainsHandsOverAndLeavesTheJob() {
        drain.request();

        assertThatThrownBy(() ->
                        load().keep(permit(), new LoadOrder(STABLE, "load-test", Optional.empty(), Duration.ZERO)))
                .hasStackTraceContaining("DRAINING");
        assertThat(cluster.jobs()).hasSize(1);
    }

    @Test
    void aLoadThatNobodyWantsAnyMoreIsNoLongerKept() {
        temporal.requestCancelActivity();

        assertThatThrownBy(() ->
                        load().keep(permit(), new LoadOrder(STABLE, "load-test", Optional.empty(), Duration.ZERO)))
                .hasStackTraceContaining("Cancel");
        assertThat(cluster.jobs()).as("its end is for another call").hasSize(1);
    }

    @Test
    void whatItSaysOfTheEndTravelsThroughTemporal() {
        assertThat(load().end(permit(), STABLE).detail()).isEqualTo("no Job of this stage sends requests");
    }
}
