package dev.slipway.workflows.testing;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import dev.slipway.model.Actor;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.Report;
import dev.slipway.model.ServiceName;
import dev.slipway.model.SlotId;
import dev.slipway.model.StagePlan;
import dev.slipway.model.StageView;
import dev.slipway.workflows.WorkflowTypes;
import dev.slipway.workflows.api.Attestation;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.Payloads;
import dev.slipway.workflows.api.ReaperWorkflow;
import dev.slipway.workflows.api.RecoveryOrder;
import dev.slipway.workflows.api.RecoveryView;
import dev.slipway.workflows.api.RecoveryWorkflow;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseResult;
import dev.slipway.workflows.api.ReleaseWorkflow;
import dev.slipway.workflows.api.Said;
import dev.slipway.workflows.api.SearchAttributes;
import dev.slipway.workflows.api.SignedAttestation;
import dev.slipway.workflows.api.SignedDecision;
import dev.slipway.workflows.api.SlotOrder;
import dev.slipway.workflows.api.SlotWorkflow;
import dev.slipway.workflows.api.StageWorkflow;
import dev.slipway.workflows.api.Standing;
import dev.slipway.workflows.api.TaskQueues;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.DataConverter;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A whole Slipway in one process: the real workflows on Temporal's time-skipping server, a fake cluster and a scripted watch. */
public final class Scenario implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Real time, for a whole release whose waits are skipped. */
    private static final Duration END_PATIENCE = Duration.ofMinutes(4);

    public final FakeCluster cluster = new FakeCluster();
    public final RecordingPager pager = new RecordingPager();
    public final RecordingRecords records = new RecordingRecords();
    public final RecordingAnnouncer channel = new RecordingAnnouncer();
    public final RecordingSinks sinks = new RecordingSinks();
    public final ScriptedWatch watch = new ScriptedWatch();
    public final FakeLoad load = new FakeLoad(cluster);
    public final Turnstile turnstile = new Turnstile();
    private final KeyPair keys = keys();
    private final TestWorkflowEnvironment temporal;
    private @Nullable WorkerFactory late;

    public Scenario(String... environments) {
        this(WorkerFactoryOptions.newBuilder(), Payloads.converter(), new NoopScope(), environments);
    }

    /** What it gives to Temporal goes through this. */
    public static Scenario converting(DataConverter converter, String... environments) {
        return new Scenario(WorkerFactoryOptions.newBuilder(), converter, new NoopScope(), environments);
    }

    /** Its workers keep next to nothing in memory (0 would mean 600): a task is like the first after a restart. */
    public static Scenario withoutMemory(String... environments) {
        return metered(new NoopScope(), environments);
    }

    /** The same, and what it counts is counted here. */
    public static Scenario metered(Scope meters, String... environments) {
        return new Scenario(
                WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(1), Payloads.converter(), meters, environments);
    }

    private Scenario(
            WorkerFactoryOptions.Builder workers, DataConverter converter, Scope meters, String... environments) {
        TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder()
                .setWorkflowServiceStubsOptions(CrossedCancel.mended())
                .setMetricsScope(meters)
                .setWorkerFactoryOptions(
                        workers.setWorkerInterceptors(turnstile).build())
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(converter)
                        .setIdentity("scenario")
                        .build());
        SearchAttributes.ALL.forEach(a -> options.registerSearchAttribute(a.getName(), a.getValueType()));
        temporal = TestWorkflowEnvironment.newInstance(options.build());
        Worker control = temporal.newWorker(TaskQueues.CONTROL);
        control.registerWorkflowImplementationTypes(WorkflowTypes.all());
        control.registerActivitiesImplementations(
                new PolledSlot(temporal.getWorkflowClient()),
                new DescribedStages(temporal.getWorkflowClient()),
                pager,
                records,
                channel,
                sinks);
        for (String environment : environments) {
            register(temporal.getWorkerFactory(), environment);
        }
        temporal.start();
    }

    private void register(WorkerFactory factory, String environment) {
        factory.newWorker("slipway-" + environment).registerActivitiesImplementations(cluster, load);
        factory.newWorker("slipway-" + environment + "-load").registerActivitiesImplementations(load);
        factory.newWorker("slipway-" + environment + "-watch").registerActivitiesImplementations(watch);
    }

    /** Starts the worker of an environment that had none. */
    public void lateWorker(String environment) {
        late = WorkerFactory.newInstance(temporal.getWorkflowClient());
        register(late, environment);
        late.start();
    }

    /** Starts a release of this version; it goes on by itself. */
    public ReleaseOrder start(String version, StagePlan... stages) {
        return start(Plans.order(version, publicKeys(), stages));
    }

    /** What a release of this version would be started with. */
    public ReleaseOrder order(String version, StagePlan... stages) {
        return Plans.order(version, publicKeys(), stages);
    }

    /** Starts one that waits for nobody. */
    public ReleaseOrder startSuperseding(String version, StagePlan... stages) {
        return start(Plans.superseding(Plans.order(version, publicKeys(), stages)));
    }

    /** Starts what was ordered. */
    public ReleaseOrder start(ReleaseOrder order) {
        ReleaseWorkflow release = temporal.getWorkflowClient()
                .newWorkflowStub(
                        ReleaseWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.CONTROL)
                                .setWorkflowId(order.release().toString())
                                .build());
        WorkflowClient.start(release::run, order);
        return order;
    }

    /** Waits for the end; time that nothing happens in is skipped. */
    public ReleaseResult end(ReleaseOrder order) {
        return result(order.release().toString(), ReleaseResult.class);
    }

    private <R> R result(String workflowId, Class<R> type) {
        try {
            return new StuckClock(temporal).result(stub(workflowId), END_PATIENCE, type);
        } catch (TimeoutException hangs) {
            throw new AssertionError(workflowId + " did not end in " + END_PATIENCE + "\n" + temporal.getDiagnostics());
        }
    }

    /** Waits for the end, whatever it is: a cancelled release has no result. */
    public void awaitEnd(ReleaseOrder order) {
        try {
            end(order);
        } catch (WorkflowFailedException closed) {
            // the test looks at what is left
        }
    }

    public ReleaseWorkflow release(ReleaseOrder order) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(ReleaseWorkflow.class, order.release().toString());
    }

    public StageWorkflow stage(ReleaseOrder order, String environment) {
        return temporal.getWorkflowClient().newWorkflowStub(StageWorkflow.class, slot(order, environment));
    }

    /** Sends an update as the Temporal UI does when the input is left empty. */
    public void byHand(ReleaseOrder order, String environment, String update) {
        stub(slot(order, environment)).update(update, Void.class);
    }

    /** Terminates whatever runs in the slot, and its release, as the Temporal UI does. */
    public void terminateBoth(ReleaseOrder order, String environment) {
        terminateSlot(environment);
        try {
            stub(order.release().toString()).terminate("somebody pressed Terminate");
        } catch (WorkflowNotFoundException ended) {
            // it has learnt of its stage's end already
        }
        watch.end();
    }

    /** Terminates what runs in podinfo's slot now. */
    public void terminateSlot(String environment) {
        stub("podinfo:" + environment).terminate("somebody pressed Terminate");
    }

    /** Whether Temporal knows a workflow of this id, open or closed. */
    public boolean knows(String workflowId) {
        try {
            return stub(workflowId).describe() != null;
        } catch (WorkflowNotFoundException unknown) {
            return false;
        }
    }

    /**
     * Starts the reaper of an environment, a round a minute; stop it with {@link #stopReaper}. A cron hands each round the
     * result of the last one, as the schedule does.
     */
    public void reaper(String environment) {
        ReaperWorkflow reaper = temporal.getWorkflowClient()
                .newWorkflowStub(
                        ReaperWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.CONTROL)
                                .setWorkflowId("reaper-" + environment)
                                .setCronSchedule("* * * * *")
                                .build());
        WorkflowClient.start(reaper::run, Plans.environment(environment));
    }

    /** How many rounds the reaper has ended. */
    public int rounds(String environment) {
        return cluster.looks(environment);
    }

    public void stopReaper(String environment) {
        stub("reaper-" + environment).terminate("the test has seen enough");
    }

    /** Starts a recovery of podinfo's slot. */
    public RecoveryWorkflow recover(String environment, boolean dryRun) {
        RecoveryOrder order = new RecoveryOrder(
                new ServiceName("podinfo"), Plans.environment(environment), new Said(Plans.CI, "terminated"), dryRun);
        RecoveryWorkflow recovery = temporal.getWorkflowClient()
                .newWorkflowStub(
                        RecoveryWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.CONTROL)
                                .setWorkflowId(order.slot().toString())
                                .build());
        WorkflowClient.start(recovery::run, order);
        return recovery;
    }

    /** Waits for the end of a recovery. */
    public RecoveryView recovered(String environment) {
        return result("podinfo:" + environment, RecoveryView.class);
    }

    /** Lets this much time pass. */
    public void sleep(Duration time) {
        temporal.sleep(time);
    }

    /**
     * Lets time pass until something has happened. The test server may stop to skip time on the way (it does when a
     * workflow has signalled another one), so nobody waits for the time itself.
     */
    public void sleepUntil(Duration atMost, String what, BooleanSupplier done) {
        Thread sleeper = new Thread(() -> temporal.sleep(atMost), "sleeper");
        sleeper.setDaemon(true);
        sleeper.setUncaughtExceptionHandler((thread, closed) -> {});
        sleeper.start();
        await(what, done);
    }

    /** Waits, in real time and with a limit. */
    public static void awaitThat(String what, BooleanSupplier done) {
        await(what, done);
    }

    /** Cancels as the Temporal UI does. */
    public void cancel(ReleaseOrder order) {
        stub(order.release().toString()).cancel();
    }

    /** Terminates a release: Temporal then cancels its stage, which the test server leaves out. */
    public void terminate(ReleaseOrder order, String environment) {
        terminate(order.release().toString());
        stub(slot(order, environment)).cancel();
    }

    /** Terminates as the Temporal UI does: no code of the workflow runs any more. */
    public void terminate(String workflowId) {
        stub(workflowId).terminate("by hand");
    }

    /** The line of the slot as it is now. */
    public List<Standing> line(String slot) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(SlotWorkflow.class, SlotOrder.id(SlotId.parse(slot)))
                .line();
    }

    /** Sends the line of a slot something by hand. */
    public SlotWorkflow slot(String slot) {
        return temporal.getWorkflowClient().newWorkflowStub(SlotWorkflow.class, SlotOrder.id(SlotId.parse(slot)));
    }

    public SignedDecision vote(ReleaseOrder order, String gate, String person, Decision.Choice choice) {
        return SignedDecision.sign(
                decision(order, gate, new Actor(person, Set.of("deployers")), choice), "k1", keys.getPrivate());
    }

    public Decision decision(ReleaseOrder order, String gate, Actor actor, Decision.Choice choice) {
        return new Decision(
                order.release(),
                order.attempt(),
                gate,
                order.digests().fingerprint(),
                actor,
                choice,
                "",
                UUID.randomUUID().toString(),
                Instant.EPOCH);
    }

    /** Reports that somebody handed in, as the starter signs them; they count in all environments. */
    public SignedAttestation handedIn(ReleaseOrder order, Actor by, Report... reports) {
        return signed(new Attestation(
                order.release(),
                order.attempt(),
                order.plan().stages().stream()
                        .map(stage -> stage.environment().name())
                        .collect(Collectors.toSet()),
                by,
                Instant.EPOCH,
                Plans.digest("evidence.json"),
                UUID.randomUUID().toString(),
                List.of(reports)));
    }

    public SignedAttestation signed(Attestation attestation) {
        return SignedAttestation.sign(attestation, "k1", keys.getPrivate());
    }

    public SignedDecision signed(Decision decision) {
        return SignedDecision.sign(decision, "k1", keys.getPrivate());
    }

    /** What the Temporal UI shows of a stage as its current details. */
    public String details(ReleaseOrder order, String environment) {
        return stub(slot(order, environment))
                .query("__temporal_workflow_metadata", WorkflowMetadata.class)
                .getCurrentDetails();
    }

    /** Waits, in real time and with a limit, until the stage's phase is this. */
    public StageView awaitPhase(ReleaseOrder order, String environment, String phase) {
        StageView[] last = new StageView[1];
        await(environment + " is " + phase, () -> {
            try {
                last[0] = stage(order, environment).view();
                return last[0].state().equals(phase);
            } catch (WorkflowNotFoundException notYet) {
                return false;
            }
        });
        return last[0];
    }

    public ReleaseView awaitRelease(ReleaseOrder order, String phase) {
        return awaitView(order, phase, view -> view.phase().name().equals(phase));
    }

    /** Waits, in real time and with a limit, until the release looks like this. */
    public ReleaseView awaitView(ReleaseOrder order, String what, Predicate<ReleaseView> looks) {
        ReleaseView[] last = new ReleaseView[1];
        await(() -> order.release() + " is " + what + " but " + last[0], () -> {
            last[0] = release(order).view();
            return looks.test(last[0]);
        });
        return last[0];
    }

    /** For what has no word of its own here. */
    public WorkflowClient client() {
        return temporal.getWorkflowClient();
    }

    /** Waits, in real time and with a limit, until somebody was paged like this. */
    public void awaitPage(String words) {
        await("page " + words, () -> pager.pages().contains(words));
    }

    public WorkflowExecutionHistory history(String workflowId) {
        return temporal.getWorkflowClient().fetchHistory(workflowId);
    }

    /** Of one run, or of the latest when the run id is empty. */
    public WorkflowExecutionHistory history(WorkflowExecution run) {
        return temporal.getWorkflowExecutionHistory(run);
    }

    public List<String> clusterHistory() {
        return cluster.history();
    }

    /** Waits in real time, with a limit. */
    public static void await(String what, BooleanSupplier done) {
        await(() -> what, done);
    }

    private static void await(Supplier<String> what, BooleanSupplier done) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE + ": " + what.get());
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private WorkflowStub stub(String id) {
        return temporal.getWorkflowClient().newUntypedWorkflowStub(id);
    }

    private static String slot(ReleaseOrder order, String environment) {
        return order.release().service() + ":" + environment;
    }

    private Map<String, String> publicKeys() {
        return Map.of("k1", Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Nobody waits for its threads: where a workflow still waits in line, the SDK gives them five seconds to end. */
    @Override
    public void close() {
        watch.end();
        if (late != null) {
            late.shutdownNow();
        }
        Thread closing = new Thread(temporal::close, "a scenario's end");
        closing.setDaemon(true);
        closing.start();
    }
}
