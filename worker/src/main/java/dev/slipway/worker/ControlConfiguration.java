package dev.slipway.worker;

import dev.slipway.activities.Drain;
import dev.slipway.activities.announce.NoChannel;
import dev.slipway.activities.announce.SlackAnnouncer;
import dev.slipway.activities.announce.SlackApi;
import dev.slipway.activities.orphan.StageActivities;
import dev.slipway.activities.page.LogPager;
import dev.slipway.activities.record.LogRecords;
import dev.slipway.activities.slot.SlotActivities;
import dev.slipway.workflows.WorkflowTypes;
import dev.slipway.workflows.api.Announcer;
import dev.slipway.workflows.api.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The control worker: workflows, slots and pages. It has no credentials but Temporal's and Slack's. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "slipway.worker.role", havingValue = "control")
class ControlConfiguration {
    /** A workflow whose worker died goes on at another one after so long. */
    private static final Duration STICKY = Duration.ofSeconds(1);

    @Bean
    Duties controlDuties(WorkflowClient client, Drain drain, WorkerSettings settings) {
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
                    new LogRecords(),
                    announcer(settings.slack()));
        };
    }

    private static Announcer announcer(WorkerSettings.@Nullable Slack slack) {
        return slack == null ? new NoChannel() : new SlackAnnouncer(new SlackApi(slack.apiUrl(), slack::token));
    }
}
