package dev.slipway.worker;

import dev.slipway.activities.Drain;
import dev.slipway.activities.slot.SlotActivities;
import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.release.ReleaseWorkflowImpl;
import dev.slipway.workflows.stage.StageWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The control worker: workflows and slots. It has no credentials but Temporal's. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "slipway.worker.role", havingValue = "control")
class ControlConfiguration {
    /** A workflow whose worker died goes on at another one after so long. */
    private static final Duration STICKY = Duration.ofSeconds(1);

    @Bean
    Duties controlDuties(WorkflowClient client, Drain drain) {
        return factory -> {
            Worker worker = factory.newWorker(
                    TaskQueues.CONTROL,
                    WorkerOptions.newBuilder()
                            .setStickyQueueScheduleToStartTimeout(STICKY)
                            .setAllowActivityHeartbeatDuringShutdown(true)
                            .build());
            worker.registerWorkflowImplementationTypes(ReleaseWorkflowImpl.class, StageWorkflowImpl.class);
            worker.registerActivitiesImplementations(new SlotActivities(client, drain));
        };
    }
}
