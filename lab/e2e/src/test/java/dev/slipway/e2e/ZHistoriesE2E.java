package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.workflows.WorkflowTypes;
import dev.slipway.workflows.api.Payloads;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.WorkflowReplayer;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs last: what all the others left in Temporal. */
class ZHistoriesE2E {

    @Test
    void everyHistoryOfTheEndToEndRunsReplaysAndStaysSmall() throws Exception {
        WorkflowServiceStubs temporal = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(Lab.need("TEMPORAL_ADDRESS"))
                .build());
        WorkflowClient client = WorkflowClient.newInstance(
                temporal,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build());
        // a lab that is older than this run has histories of other builds, which other tests replay
        Instant begun =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        List<WorkflowExecutionMetadata> closed = client.listExecutions(
                        "ExecutionStatus = 'Completed' AND StartTime > '" + begun + "'")
                .toList();
        int largest = 0;
        int replayed = 0;
        for (WorkflowExecutionMetadata run : closed) {
            WorkflowExecutionHistory history = client.fetchHistory(
                    run.getExecution().getWorkflowId(), run.getExecution().getRunId());
            largest = Math.max(largest, history.getEvents().size());
            if (isEncrypted(history)) {
                continue;
            }
            replayed++;
            WorkflowReplayer.replayWorkflowExecutions(List.of(history), true, WorkflowTypes.all());
        }
        temporal.shutdown();

        System.out.printf("%d histories replayed, the largest has %d events%n", replayed, largest);
        assertThat(replayed).isPositive();
        assertThat(largest).isLessThan(400);
    }

    /** EncryptionE2E leaves some, and their key is not here. */
    private static boolean isEncrypted(WorkflowExecutionHistory history) {
        return history.getEvents().toString().contains("binary/encrypted");
    }
}
