package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.Drain;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import dev.slipway.model.Slo;
import dev.slipway.model.analysis.Progress;
import dev.slipway.model.analysis.sequential.AgainstStable;
import dev.slipway.model.analysis.sequential.Tape;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Payloads;
import dev.slipway.workflows.api.Watch;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.api.WatchState;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.ActivityCompletionClient;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class WatchActivitiesTest {
    private static final String QUEUE = "slipway-production-watch";

    private final FakePrometheus prometheus = new FakePrometheus();
    private final Drain drain = new Drain();
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setUseTimeskipping(false)
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Payloads.converter())
                            .build())
                    .build());

    /** A stage that has nothing to do but to watch. */
    @WorkflowInterface
    public interface Watcher {
        @WorkflowMethod
        WatchResult watch(WatchOrder order, Optional<WatchState> from);
    }

    /** Watches as a stage does. */
    public static class WatcherWorkflowImpl implements Watcher {
        @Override
        public WatchResult watch(WatchOrder order, Optional<WatchState> from) {
            return Workflow.newActivityStub(
                            Watch.class,
                            ActivityOptions.newBuilder()
                                    .setStartToCloseTimeout(Duration.ofHours(13))
                                    .setHeartbeatTimeout(Duration.ofSeconds(2))
                                    .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                                    .build())
                    .watch(order, from);
        }
    }

    @AfterEach
    void close() {
        drain.request();
        temporal.close();
        prometheus.close();
    }

    @Test
    void handsOverWhatItHasSeenWhenTheWorkerDrains() throws Exception {
        begin(1);
        WorkflowStub watch = watch(List.of(), Optional.of(state(prometheus.now(), 70)));
        awaitQueries(1);

        drain.request();

        assertThat(total(watch)).isEqualTo(70);
        assertThat(drain.awaitEnd(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void manyWatchesTakeOneSlotForAMomentEach() throws Exception {
        CountDownLatch alive = new CountDownLatch(20);
        begin(1, attempts(alive));
        List<WorkflowStub> watches = IntStream.range(0, 20)
                .mapToObj(i -> watch(List.of(), Optional.of(state(prometheus.now(), i))))
                .toList();
        alive.await();

        drain.request();

        assertThat(watches)
                .extracting(WatchActivitiesTest::total)
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> (double) i).toList());
    }

    @Test
    void aWatchThatIsCancelledIsLeftAtTheNextHeartbeat() throws Exception {
        begin(1);
        WorkflowStub watch = watch(List.of(), Optional.empty());
        awaitQueries(1);

        watch.cancel();

        assertThatThrownBy(() -> watch.getResult(120, TimeUnit.SECONDS, WatchResult.class))
                .isInstanceOf(WorkflowFailedException.class);
        assertThat(events(watch)).anyMatch(HistoryEvent::hasActivityTaskCanceledEventAttributes);
        assertThat(drain.awaitEnd(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void aWatchLivesLongerThanItsHeartbeatTimeout() throws Exception {
        begin(1);
        WorkflowStub watch = watch(List.of(), Optional.of(state(prometheus.now(), 70)));
        // looks of a soak are more than three seconds apart when nothing is scraped more often
        awaitQueries(2 * 3);

        drain.request();

        assertThat(total(watch)).isEqualTo(70);
        assertThat(events(watch))
                .filteredOn(HistoryEvent::hasActivityTaskStartedEventAttributes)
                .singleElement()
                .extracting(
                        event -> event.getActivityTaskStartedEventAttributes().getAttempt())
                .isEqualTo(1);
    }

    @Test
    void goesOnFromTheHeartbeatOfTheLastAttempt() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        CountDownLatch died = new CountDownLatch(1);
        CountDownLatch secondAttempt = new CountDownLatch(2);
        Before attempts = attempts(secondAttempt);
        Instant started = prometheus.now();
        begin(1, (report, args) -> {
            attempts.call(report, args);
            if (!report.equals("heartbeat")) {
                return;
            }
            if (died.getCount() == 0) {
                throw new IllegalStateException("this worker is dead");
            }
            WatchState seen = (WatchState) args[1];
            // before its first look a watch has begun by this worker's clock
            if (seen.startedAt().equals(started)) {
                looked.countDown();
            }
            if (seen.startedAt().equals(started) && seen.cursor().isAfter(started)) {
                died.countDown();
            }
        });
        WorkflowStub watch = watch(List.of(), Optional.empty());
        looked.await();
        prometheus.advance(Duration.ofMinutes(1));
        died.await();
        secondAttempt.await();

        drain.request();

        assertThat(handedOver(watch).startedAt()).isEqualTo(started);
    }

    @Test
    void aSelectorThatIsNoneIsInvalidInput() {
        begin(1);
        Slo wrong = new Slo.Gauge("queue", "max(waiting)", Slo.Direction.BELOW, 20, Slo.OnBreach.HOLD);
        WorkflowStub watch = watch(List.of(wrong), Optional.empty());

        assertThatThrownBy(() -> watch.getResult(WatchResult.class))
                .rootCause()
                .isInstanceOf(ApplicationFailure.class)
                .hasMessageContaining("SLO queue")
                .matches(e -> ((ApplicationFailure) e).getType().equals("INVALID_INPUT"));
    }

    @Test
    void whatAnEarlierAttemptHasSeenCountsUnlessTheWorkflowHandsInSomethingNewer() {
        Optional<WatchState> older = Optional.of(state(prometheus.now().minusSeconds(60), 20));
        Optional<WatchState> newer = Optional.of(state(prometheus.now(), 40));

        assertThat(WatchActivities.later(older, newer)).isEqualTo(newer);
        assertThat(WatchActivities.later(newer, older)).isEqualTo(newer);
        assertThat(WatchActivities.later(Optional.empty(), older)).isEqualTo(older);
    }

    @Test
    void aStateWithTrialsAndWithoutAGaugesWorstValueSurvivesTheWire() throws Exception {
        WatchState state = new WatchState(
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of("queue", new WatchState.Counts(1, 2, Double.NaN)),
                Map.of("errors", AgainstStable.ramp(Objective.parse("99%"), Risk.OF_A_RELEASE)),
                Optional.empty(),
                Duration.ofSeconds(5),
                Optional.empty(),
                Optional.of(Tape.begin(Instant.EPOCH, Map.of())),
                Optional.of(new Progress(
                        Duration.ofSeconds(5), Duration.ofHours(1), Optional.of(Instant.EPOCH), List.of("more"))));
        String json = Payloads.mapper().writeValueAsString(state);

        assertThat(Payloads.mapper().readValue(json, WatchState.class)).isEqualTo(state);
    }

    /** Comes before a call of the completion client. */
    private interface Before {
        void call(String method, Object[] args);
    }

    private void begin(int slots) {
        begin(slots, (report, args) -> {});
    }

    private void begin(int slots, Before before) {
        ActivityCompletionClient real = temporal.getWorkflowClient().newActivityCompletionClient();
        ActivityCompletionClient client = (ActivityCompletionClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ActivityCompletionClient.class}, (self, method, args) -> {
                    before.call(method.getName(), args);
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
        Worker worker = temporal.newWorker(
                QUEUE,
                WorkerOptions.newBuilder()
                        .setMaxConcurrentActivityExecutionSize(slots)
                        .build());
        worker.registerWorkflowImplementationTypes(WatcherWorkflowImpl.class);
        worker.registerActivitiesImplementations(new WatchActivities(
                new PrometheusClient(prometheus.uri()),
                Optional.empty(),
                (route, epoch, reason) -> true,
                left -> Optional.empty(),
                client,
                drain));
        temporal.start();
    }

    private WorkflowStub watch(List<Slo> slos, Optional<WatchState> from) {
        Watcher watcher = temporal.getWorkflowClient()
                .newWorkflowStub(
                        Watcher.class,
                        WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
        return temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        WorkflowClient.start(watcher::watch, order(slos), from).getWorkflowId());
    }

    private static double total(WorkflowStub watch) {
        return handedOver(watch).counts().get("queue").total();
    }

    private static WatchState handedOver(WorkflowStub watch) {
        WatchResult result = watch.getResult(WatchResult.class);
        assertThat(result).isInstanceOf(WatchResult.HandedOver.class);
        return ((WatchResult.HandedOver) result).state();
    }

    /** Counts the attempts of activities that have told Temporal that they live: each has a token of its own. */
    private static Before attempts(CountDownLatch left) {
        Set<ByteBuffer> tokens = ConcurrentHashMap.newKeySet();
        return (report, args) -> {
            if (report.equals("heartbeat") && tokens.add(ByteBuffer.wrap((byte[]) args[0]))) {
                left.countDown();
            }
        };
    }

    private List<HistoryEvent> events(WorkflowStub watch) {
        return temporal.getWorkflowClient()
                .fetchHistory(watch.getExecution().getWorkflowId())
                .getEvents();
    }

    private void awaitQueries(int number) throws InterruptedException {
        prometheus.awaitQueries(number);
    }

    private static WatchState state(Instant cursor, double total) {
        return new WatchState(
                cursor.minusSeconds(100),
                cursor,
                Map.of("queue", new WatchState.Counts(0, total, 0)),
                Map.of(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static WatchOrder order(List<Slo> slos) {
        return Orders.soak(
                        new HelmTarget(new EnvironmentName("production"), "production", "llm"),
                        slos.toArray(Slo[]::new))
                .atLeast(Duration.ofHours(1))
                .atMost(Duration.ofHours(2))
                .minRequests(1)
                .order();
    }
}
