package dev.slipway.worker;

import dev.slipway.activities.Drain;
import dev.slipway.activities.announce.NoChannel;
import dev.slipway.activities.orphan.StageActivities;
import dev.slipway.activities.page.LogPager;
import dev.slipway.activities.slot.SlotActivities;
import dev.slipway.workflows.WorkflowTypes;
import dev.slipway.workflows.api.Records;
import dev.slipway.workflows.api.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The control worker: workflows, slots and pages. It has no credentials but Temporal's. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "slipway.worker.role", havingValue = "control")
class ControlConfiguration {
    /** A workflow whose worker died goes on at another one after so long. */
    private static final Duration STICKY = Duration.ofSeconds(1);

    @Bean
    Duties controlDuties(WorkflowClient client, Drain drain, Records records) {
        return factory -> {
            Worker worker = factory.newWorker(
                    TaskQueues.CONTROL,
                    WorkerOptions.newBuilder()
                            .setStickyQueueScheduleToStartTimeout(STICKY)
                            .setAllowActivityHeartbeatDuringShutdown(true)
                            .build());
            worker.registerWorkflowImplementationTypes(WorkflowTypes.all());
            worker.registerActivitiesImplementations(
                    new SlotActivities(client, drain),
                    new StageActivities(client),
                    new LogPager(),
                    records,
                    new NoChannel());
        };
    }
}
