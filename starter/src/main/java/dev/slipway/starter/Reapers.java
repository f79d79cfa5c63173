package dev.slipway.starter;

import dev.slipway.encryption.Encryption;
import dev.slipway.model.Environment;
import dev.slipway.workflows.api.ReaperWorkflow;
import dev.slipway.workflows.api.TaskQueues;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The reaper's schedules, one for each environment: made, or brought up to date, as soon as Temporal answers. One that a
 * person has paused stays paused.
 */
@Component
class Reapers implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Reapers.class);
    private static final long AGAIN_SECONDS = 10;
    /** A round that hangs would keep all later ones from starting. */
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(5);

    private static final Duration CATCH_UP = Duration.ofSeconds(30);

    private final ScheduleClient schedules;
    private final Duration every;
    private final Deque<Environment> missing;
    private final ScheduledExecutorService tries = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "reaper-schedules");
        thread.setDaemon(true);
        return thread;
    });
    private String told = "";

    Reapers(WorkflowServiceStubs service, StarterSettings settings, Encryption encryption) {
        this.schedules = ScheduleClient.newInstance(
                service,
                ScheduleClientOptions.newBuilder()
                        .setNamespace(settings.temporal().namespace())
                        .setDataConverter(encryption.converter())
                        .build());
        this.every = settings.reaper().every();
        this.missing = new ArrayDeque<>(settings.resolved());
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        tries.execute(this::attempt);
    }

    private void attempt() {
        try {
            while (!missing.isEmpty()) {
                put(missing.element());
                missing.remove();
            }
            LOG.info("the reaper looks at every environment each {}", every);
        } catch (RuntimeException failure) {
            tell(failure);
            if (Status.fromThrowable(failure).getCode() != Status.Code.UNIMPLEMENTED) {
                ScheduledFuture<?> unused = tries.schedule(this::attempt, AGAIN_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private void put(Environment environment) {
        String id = ReaperWorkflow.schedule(environment.name());
        try {
            schedules.createSchedule(
                    id, schedule(environment), ScheduleOptions.newBuilder().build());
        } catch (ScheduleAlreadyRunningException there) {
            schedules
                    .getHandle(id)
                    .update(input -> new ScheduleUpdate(Schedule.newBuilder(schedule(environment))
                            .setState(input.getDescription().getSchedule().getState())
                            .build()));
        }
    }

    private Schedule schedule(Environment environment) {
        return Schedule.newBuilder()
                .setAction(ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType(ReaperWorkflow.class)
                        .setArguments(environment)
                        .setOptions(WorkflowOptions.newBuilder()
                                .setWorkflowId(ReaperWorkflow.schedule(environment.name()))
                                .setTaskQueue(TaskQueues.CONTROL)
                                .setWorkflowExecutionTimeout(LONGEST_ROUND)
                                .build())
                        .build())
                .setSpec(ScheduleSpec.newBuilder()
                        .setIntervals(List.of(new ScheduleIntervalSpec(every)))
                        .build())
                .setPolicy(SchedulePolicy.newBuilder()
                        .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                        .setCatchupWindow(CATCH_UP)
                        .build())
                .build();
    }

    /** Each trouble once, not every ten seconds. */
    private void tell(RuntimeException failure) {
        Throwable root = failure.getCause() instanceof StatusRuntimeException status ? status : failure;
        String words = String.valueOf(root.getMessage());
        if (!words.equals(told)) {
            LOG.warn("the reaper's schedules cannot be set yet: {}", words);
            told = words;
        }
    }

    @Override
    public void destroy() {
        tries.shutdownNow();
    }
}
