package dev.slipway.worker;

import dev.slipway.activities.Drain;
import dev.slipway.activities.slot.SlotActivities;
import dev.slipway.workflows.WorkflowTypes;
import dev.slipway.workflows.api.Payloads;
import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.testing.FakeCluster;
import dev.slipway.workflows.testing.RecordingAnnouncer;
import dev.slipway.workflows.testing.RecordingPager;
import dev.slipway.workflows.testing.RecordingRecords;
import dev.slipway.workflows.testing.Turnstile;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** All workers of Slipway in one, as one build would run them, with the real start and drain; the next one takes over. */
final class Generation implements AutoCloseable {
    private final WorkflowServiceStubs service;
    private final Polling polling;

    Generation(String address, FakeCluster cluster, Turnstile turnstile) {
        service = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        Drain drain = new Drain();
        WorkerFactory factory = WorkerFactory.newInstance(
                client(service),
                WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(turnstile)
                        .build());
        WorkerOptions options = WorkerOptions.newBuilder()
                .setAllowActivityHeartbeatDuringShutdown(true)
                .build();
        var control = factory.newWorker(TaskQueues.CONTROL, options);
        control.registerWorkflowImplementationTypes(WorkflowTypes.all());
        control.registerActivitiesImplementations(
                new RecordingPager(),
                new RecordingRecords(),
                new RecordingAnnouncer(),
                new SlotActivities(client(service), drain));
        factory.newWorker("slipway-production", options).registerActivitiesImplementations(cluster);
        factory.newWorker("slipway-production-watch", options)
                .registerActivitiesImplementations(new DrainedWatch(drain));
        WorkerSettings settings = Settings.control("default");
        polling = new Polling(factory, new TemporalGate(service.getRawChannel(), settings), settings, drain, code -> {
            throw new AssertionError("a worker ended with " + code);
        });
        polling.start();
    }

    static WorkflowClient client(WorkflowServiceStubs service) {
        return WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build());
    }

    WorkflowClient client() {
        return client(service);
    }

    boolean polls() {
        return polling.stage() == Polling.Stage.POLLING;
    }

    /** As SIGTERM does; complete when all that ran has ended. */
    CompletableFuture<Void> drains() {
        return CompletableFuture.runAsync(polling::stop);
    }

    @Override
    public void close() {
        polling.stop();
        service.shutdownNow();
        service.awaitTermination(5, TimeUnit.SECONDS);
    }
}
