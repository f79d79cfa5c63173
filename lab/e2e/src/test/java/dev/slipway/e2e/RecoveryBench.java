package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.StageView;
import dev.slipway.workflows.api.Payloads;
import dev.slipway.workflows.api.TaskQueues;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How fast Slipway is back after kill -9, with many releases open: make bench. It measures, and insists on results only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryBench {
    private static final int OPEN = Integer.getInteger("slipway.bench.open", 100);
    private static final int ROUNDS = Integer.getInteger("slipway.bench.rounds", 3);

    private final Figures figures = new Figures();
    private final WorkflowServiceStubs temporal =
            WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                    .setTarget(Lab.need("TEMPORAL_ADDRESS"))
                    .build());
    private final WorkflowClient client = WorkflowClient.newInstance(
            temporal,
            WorkflowClientOptions.newBuilder()
                    .setDataConverter(Payloads.converter())
                    .build());

    @AfterAll
    void report() throws IOException {
        temporal.shutdown();
        figures.print();
        figures.write();
    }

    @Test
    void theControlWorkerIsBackWithManyReleasesOpen() throws Exception {
        StandIn good = StandIn.built("1.1.0");
        List<Double> polls = new ArrayList<>();
        List<Double> resumed = new ArrayList<>();
        List<Service> services = new ArrayList<>();
        ExecutorService several = Executors.newFixedThreadPool(4);
        try {
            services.addAll(opened(good, several));
            for (int round = 0; round < ROUNDS; round++) {
                Program worker = Program.slipway("worker-control");
                long killed = worker.pid();
                worker.kill();
                Shell.Running up = Shell.of("lab/slipway", "up").start();
                Instant begun = started(worker, killed);
                awaitPoller("worker-control/" + worker.pid() + "@");
                polls.add(seconds(begun));
                answered(services, several);
                resumed.add(seconds(begun));
                assertThat(up.await().exit()).isZero();
            }
        } finally {
            several.shutdown();
            end(services);
        }

        figures.add("control.first-poll", "start of the control worker to its first poll", "s", polls);
        figures.add(
                "control.all-resumed",
                "start of the control worker until each of " + OPEN + " open releases has answered",
                "s",
                resumed);
    }

    @Test
    void theWatchGoesOnAfterItsWorkerWasKilled() {
        List<Double> gaps = new ArrayList<>();
        List<Double> duplicates = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (Ramp ramp = Ramp.of("gap", "production", "atLeast: 20s, atMost: 5m", "")) {
                awaitWatch(ramp.stage(), Instant.EPOCH);
                Instant killed = Instant.now();
                Program.slipway("worker-production").kill();
                Shell.Running up = Shell.of("lab/slipway", "up").start();
                Instant again = awaitWatch(ramp.stage(), killed);
                gaps.add(Duration.between(killed, again).toMillis() / 1000.0);
                assertThat(up.await().exit()).isZero();
                assertThat(ramp.end().exit()).isZero();
                // stable's baseline and its one upgrade; whatever is more was done twice
                duplicates.add(ramp.service()
                                .helmHistory("production", ramp.service().name())
                                .size()
                        - 2.0);
            }
        }

        figures.add(
                "watch.gap",
                "kill -9 of the worker that watches a ramp until a watch runs again, with its restart",
                "s",
                gaps);
        figures.add("mutations.twice", "Helm revisions more than planned after those kills", "", duplicates);
        assertThat(duplicates).containsOnly(0.0);
    }

    /** Releases that wait for an approval, each of a service of its own. */
    private List<Service> opened(StandIn good, ExecutorService several) throws Exception {
        List<Future<Service>> opening = new ArrayList<>();
        for (int i = 0; i < OPEN; i++) {
            opening.add(several.submit(() -> {
                Service service = Service.named(
                        "open",
                        Stages.rolling("development", Stages.CHECK)
                                .replace(
                                        "rolling: {}",
                                        "before: [ " + Stages.approve().replace("10m", "6h") + " ]\n  rolling: {}"));
                Shell.Result released = Cli.ci().run(service.releaseArguments(good, "--detach"));
                assertThat(released.exit()).as("%s", released).isZero();
                return service;
            }));
        }
        List<Service> services = all(opening);
        for (Service service : services) {
            Eventually.holds(
                    service.name() + " waits",
                    Duration.ofMinutes(5),
                    () -> view(service).map(v -> v.state().equals("WAITING")).orElse(false));
        }
        return services;
    }

    private void answered(List<Service> services, ExecutorService several) throws Exception {
        List<Future<Boolean>> answers = new ArrayList<>();
        for (Service service : services) {
            answers.add(several.submit(() -> {
                Eventually.holds(
                        service.name() + " answers",
                        Duration.ofMinutes(5),
                        () -> view(service).isPresent());
                return true;
            }));
        }
        all(answers);
    }

    private static <T> List<T> all(List<Future<T>> futures) throws InterruptedException, ExecutionException {
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }

    private Optional<StageView> view(Service service) {
        try {
            return Optional.of(client.newUntypedWorkflowStub(service.name() + ":development")
                    .query("view", StageView.class));
        } catch (RuntimeException notYet) {
            return Optional.empty();
        }
    }

    private static void end(List<Service> services) {
        Lab.temporal(
                        "workflow",
                        "cancel",
                        "--query",
                        "WorkflowType = 'Release' AND ExecutionStatus = 'Running' AND SlipwayService STARTS_WITH 'open-'",
                        "--reason",
                        "end of the benchmark",
                        "--yes")
                .run();
        Eventually.holds(
                "no release of the benchmark is open",
                Duration.ofMinutes(5),
                () -> Lab.temporal(
                                "workflow",
                                "count",
                                "--query",
                                "ExecutionStatus = 'Running' AND SlipwayService STARTS_WITH 'open-'")
                        .must()
                        .contains("Total: 0"));
        services.parallelStream().forEach(Service::close);
    }

    /** When the process began that has taken the place of another one. */
    private static Instant started(Program worker, long killed) {
        Eventually.holds("a new " + worker, Duration.ofMinutes(2), () -> worker.runs() && worker.pid() != killed);
        return ProcessHandle.of(worker.pid())
                .orElseThrow()
                .info()
                .startInstant()
                .orElseThrow();
    }

    private void awaitPoller(String identity) {
        DescribeTaskQueueRequest request = DescribeTaskQueueRequest.newBuilder()
                .setNamespace("default")
                .setTaskQueue(TaskQueue.newBuilder().setName(TaskQueues.CONTROL))
                .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                .build();
        Eventually.holds(
                "a poll of " + identity,
                Duration.ofMinutes(3),
                () -> temporal.blockingStub().describeTaskQueue(request).getPollersList().stream()
                        .anyMatch(p -> p.getIdentity().startsWith(identity)));
    }

    /** Waits for a watch of this stage that began after this moment, and answers when that was. */
    private Instant awaitWatch(String stage, Instant after) {
        DescribeWorkflowExecutionRequest.Builder request =
                DescribeWorkflowExecutionRequest.newBuilder().setNamespace("default");
        request.getExecutionBuilder().setWorkflowId(stage);
        Instant[] begun = new Instant[1];
        Eventually.holds("a watch of " + stage, Duration.ofMinutes(3), () -> {
            temporal.blockingStub().describeWorkflowExecution(request.build()).getPendingActivitiesList().stream()
                    .filter(a -> a.getActivityType().getName().startsWith("Watch_") && a.hasLastStartedTime())
                    .map(a -> Instant.ofEpochSecond(
                            a.getLastStartedTime().getSeconds(),
                            a.getLastStartedTime().getNanos()))
                    .filter(at -> at.isAfter(after))
                    .findFirst()
                    .ifPresent(at -> begun[0] = at);
            return begun[0] != null;
        });
        return begun[0];
    }

    private static double seconds(Instant since) {
        return Duration.between(since, Instant.now()).toMillis() / 1000.0;
    }
}
