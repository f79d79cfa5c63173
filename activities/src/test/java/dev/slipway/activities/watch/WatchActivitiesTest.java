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
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchActivitiesTest {
    private final FakePrometheus prometheus = new FakePrometheus();
    private final Drain drain = new Drain();
    private final TestActivityEnvironment temporal =
            TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Payloads.converter())
                            .build())
                    .build());

    @AfterEach
    void close() {
        temporal.close();
        prometheus.close();
    }

    @Test
    void goesOnFromTheHeartbeatOfTheLastAttempt() {
        temporal.setHeartbeatDetails(state(prometheus.now(), 40));

        WatchResult result = watch(List.of(), Optional.of(state(prometheus.now().minusSeconds(60), 20)));

        assertThat(((WatchResult.HandedOver) result)
                        .state()
                        .counts()
                        .get("queue")
                        .total())
                .isEqualTo(40);
    }

    @Test
    void whatTheWorkflowHandsInCountsWhenItIsNewer() {
        temporal.setHeartbeatDetails(state(prometheus.now().minusSeconds(60), 40));

        WatchResult result = watch(List.of(), Optional.of(state(prometheus.now(), 70)));

        assertThat(((WatchResult.HandedOver) result)
                        .state()
                        .counts()
                        .get("queue")
                        .total())
                .isEqualTo(70);
    }

    @Test
    void aSelectorThatIsNoneIsInvalidInput() {
        Slo wrong = new Slo.Gauge("queue", "max(waiting)", Slo.Direction.BELOW, 20, Slo.OnBreach.HOLD);

        assertThatThrownBy(() -> watch(List.of(wrong), Optional.empty()))
                .isInstanceOf(ActivityFailure.class)
                .cause()
                .isInstanceOf(ApplicationFailure.class)
                .hasMessageContaining("SLO queue")
                .matches(e -> ((ApplicationFailure) e).getType().equals("INVALID_INPUT"));
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

    private WatchResult watch(List<Slo> slos, Optional<WatchState> from) {
        temporal.registerActivitiesImplementations(new WatchActivities(
                new PrometheusClient(prometheus.uri()),
                Optional.empty(),
                (route, epoch, reason) -> true,
                left -> Optional.empty(),
                drain));
        drain.request();
        return temporal.newActivityStub(Watch.class).watch(order(slos), from);
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
