package dev.slipway.activities.sweep;

import dev.slipway.activities.kubernetes.MockCluster;
import dev.slipway.model.Actor;
import dev.slipway.model.Alert;
import dev.slipway.model.Rollout;
import dev.slipway.model.ServiceName;
import dev.slipway.model.SlotId;
import dev.slipway.model.StagePlan;
import dev.slipway.workflows.WorkflowTypes;
import dev.slipway.workflows.api.Change;
import dev.slipway.workflows.api.Changes;
import dev.slipway.workflows.api.Delivery;
import dev.slipway.workflows.api.PageOrder;
import dev.slipway.workflows.api.Pager;
import dev.slipway.workflows.api.Payloads;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseResult;
import dev.slipway.workflows.api.ReleaseWorkflow;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.SearchAttributes;
import dev.slipway.workflows.api.SlotOrder;
import dev.slipway.workflows.api.StageWorkflow;
import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.testing.CrossedCancel;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.PolledSlot;
import dev.slipway.workflows.testing.RecordingAnnouncer;
import dev.slipway.workflows.testing.RecordingRecords;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One Temporal and one API server, on which runs are made one after the other. */
final class Lane implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 180;
    private static final String SLOT = "podinfo:production";

    private final MockCluster api = new MockCluster();
    private final TestWorkflowEnvironment temporal;
    private volatile @Nullable Run run;
    private volatile @Nullable ReleaseOrder order;
    private volatile CompletableFuture<PageOrder> paged = new CompletableFuture<>();
    private volatile CompletableFuture<PageOrder> orphaned = new CompletableFuture<>();
    private int number;

    Lane() {
        TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder()
                .setWorkflowServiceStubsOptions(CrossedCancel.mended())
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build());
        SearchAttributes.ALL.forEach(a -> options.registerSearchAttribute(a.getName(), a.getValueType()));
        temporal = TestWorkflowEnvironment.newInstance(options.build());
        Worker control = temporal.newWorker(
                TaskQueues.CONTROL,
                WorkerOptions.newBuilder()
                        .setDefaultDeadlockDetectionTimeout(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))
                        .build());
        control.registerWorkflowImplementationTypes(WorkflowTypes.all());
        control.registerActivitiesImplementations(
                new PolledSlot(temporal.getWorkflowClient()),
                new Pages(),
                new RecordingRecords(),
                new RecordingAnnouncer());
        Saboteur saboteur = new Saboteur(() -> Objects.requireNonNull(run));
        temporal.newWorker(TaskQueues.CONTROL + "-production").registerActivitiesImplementations(saboteur.actions());
        temporal.newWorker(TaskQueues.CONTROL + "-production-watch")
                .registerActivitiesImplementations(saboteur.watch());
        temporal.start();
    }

    /** The activities of a story that no fault meets. */
    List<Cut> record(Story story) {
        Witness witness = new Witness();
        Run clean = new Run(new World(story, witness, api.client()), null, null);
        Finding finding = new Finding(story, null, null, witness);
        follow(clean, finding);
        if (!finding.holds()) {
            throw new AssertionError("without any fault: " + finding);
        }
        return clean.seen();
    }

    /** The story again, with one fault. */
    Finding run(Story story, Cut cut, Fault fault) {
        Witness witness = new Witness();
        Run faulty = new Run(new World(story, witness, api.client()), cut, fault);
        Finding finding = new Finding(story, cut, fault, witness);
        follow(faulty, finding);
        return finding;
    }

    /**
     * Nothing in it takes time: the test server's clock stops for good when a workflow closes while a signal of its own is on
     * the way, which happens now and then.
     */
    private static StagePlan plan() {
        StagePlan minutes = Plans.canary("production", List.of(), 5, 25, 50);
        Rollout.Canary canary = (Rollout.Canary) minutes.rollout();
        return new StagePlan(
                minutes.environment(),
                minutes.valuesFiles(),
                minutes.before(),
                new Rollout.Canary(canary.beforeTraffic(), canary.ramps(), Duration.ofMillis(1)),
                minutes.after());
    }

    private void follow(Run next, Finding finding) {
        ReleaseOrder started = Plans.order("2.0." + ++number, Map.of(), plan());
        order = started;
        run = next;
        paged = new CompletableFuture<>();
        orphaned = new CompletableFuture<>();
        WorkflowStub release = start(started);
        CompletableFuture<ReleaseResult> ended =
                CompletableFuture.supplyAsync(() -> release.getResult(ReleaseResult.class));
        try {
            Object first = CompletableFuture.anyOf(ended, paged).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (first instanceof PageOrder page) {
                stuck(page, next, finding);
            }
            ReleaseResult result = ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            awaitEmptyLine();
            next.wakeAll();
            if (next.world().claim().isPresent()) {
                orphaned.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            finding.ended(next, result, ":" + started.image().tag() + "@");
        } catch (ExecutionException | TimeoutException | WorkflowException | AssertionError e) {
            finding.noEnd(next, e + ", last in its history " + lastEvents());
            close(release);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A release that finds a line waits in it by an activity, and the test server's clock stands still as long. */
    private void awaitEmptyLine() throws InterruptedException, ExecutionException, TimeoutException {
        WorkflowStub line = temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        SlotOrder.id(new SlotId(new ServiceName("podinfo"), World.STABLE.environment())));
        line.getResultAsync(PATIENCE_SECONDS, TimeUnit.SECONDS, Void.class).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void stuck(PageOrder page, Run next, Finding finding) {
        if (page.alert() != Alert.SlipwayStuck) {
            throw new AssertionError("paged " + page);
        }
        if (!finding.stuck(next)) {
            throw new AssertionError("stuck, and it would stay so");
        }
        temporal.getWorkflowClient()
                .newWorkflowStub(StageWorkflow.class, SLOT)
                .retryUndo(new Said(new Actor("somebody", Set.of()), "it can be done now"));
    }

    private WorkflowStub start(ReleaseOrder started) {
        String id = started.release().toString();
        WorkflowClient client = temporal.getWorkflowClient();
        ReleaseWorkflow release = client.newWorkflowStub(
                ReleaseWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setTaskQueue(TaskQueues.CONTROL)
                        .setWorkflowId(id)
                        .build());
        WorkflowClient.start(release::run, started);
        return client.newUntypedWorkflowStub(id);
    }

    /** What the stage did last, for whoever looks into it. */
    private List<String> lastEvents() {
        List<String> events = temporal.getWorkflowClient().fetchHistory(SLOT).getEvents().stream()
                .map(e -> e.getEventType().name().replace("EVENT_TYPE_", "") + failure(e))
                .toList();
        return events.subList(Math.max(0, events.size() - 14), events.size());
    }

    private static String failure(HistoryEvent event) {
        return event.hasWorkflowTaskFailedEventAttributes()
                ? " "
                        + event.getWorkflowTaskFailedEventAttributes()
                                .getFailure()
                                .getMessage()
                : "";
    }

    /** So that the next run finds the slot free. */
    private void close(WorkflowStub release) {
        for (WorkflowStub open : List.of(release, temporal.getWorkflowClient().newUntypedWorkflowStub(SLOT))) {
            try {
                open.terminate("the sweep goes on");
            } catch (WorkflowException gone) {
                // it has ended by itself
            }
        }
    }

    /** Nobody waits for its threads. */
    @Override
    public void close() {
        Thread closing = new Thread(
                () -> {
                    temporal.close();
                    api.close();
                },
                "a lane's end");
        closing.setDaemon(true);
        closing.start();
    }

    /** The first page of the run that is on. */
    private final class Pages implements Pager, Changes {
        @Override
        public Delivery trigger(PageOrder page) {
            ReleaseOrder running = order;
            if (running == null || !page.release().equals(running.release())) {
                return Delivery.accepted("");
            }
            if (page.alert() == Alert.SlipwayOrphan) {
                orphaned.complete(page);
            } else {
                paged.complete(page);
            }
            return Delivery.accepted("");
        }

        @Override
        public void resolve(PageOrder page, Delivery delivery, String why) {
            // a page of a run that is over
        }

        @Override
        public Delivery tell(Change change) {
            return Delivery.accepted("");
        }
    }
}
