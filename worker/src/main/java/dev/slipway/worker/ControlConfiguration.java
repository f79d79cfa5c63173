package dev.slipway.worker;

import dev.slipway.activities.Drain;
import dev.slipway.activities.announce.NoChannel;
import dev.slipway.activities.announce.SlackAnnouncer;
import dev.slipway.activities.announce.SlackApi;
import dev.slipway.activities.emit.Emitter;
import dev.slipway.activities.emit.Listener;
import dev.slipway.activities.orphan.StageActivities;
import dev.slipway.activities.page.LogPager;
import dev.slipway.activities.slot.SlotActivities;
import dev.slipway.workflows.WorkflowTypes;
import dev.slipway.workflows.api.Announcer;
import dev.slipway.workflows.api.Pager;
import dev.slipway.workflows.api.Records;
import dev.slipway.workflows.api.Sink;
import dev.slipway.workflows.api.Sinks;
import dev.slipway.workflows.api.TaskQueues;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The control worker: workflows, slots, pages, channels and records. It has no credentials but those of Temporal and of these. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "slipway.worker.role", havingValue = "control")
class ControlConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConfiguration.class);
    /** A workflow whose worker died goes on at another one after so long. */
    private static final Duration STICKY = Duration.ofSeconds(1);

    @Bean
    Duties controlDuties(
            WorkflowClient client,
            Drain drain,
            WorkerSettings settings,
            Records records,
            Sinks sinks,
            MeterRegistry meters) {
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
                    pager(settings.pagerduty()),
                    records,
                    announcer(settings.slack(), meters),
                    sinks);
        };
    }

    /** Who is told of by the settings. */
    @Bean
    Sinks sinks(CdEventsSettings cdevents, GitHubSettings github, TracesSettings traces) {
        Map<Sink, Listener> listeners = new EnumMap<>(Sink.class);
        cdevents.listener().ifPresent(listener -> listeners.put(Sink.CDEVENTS, listener));
        github.listener().ifPresent(listener -> listeners.put(Sink.GITHUB, listener));
        traces.listener().ifPresent(listener -> listeners.put(Sink.TRACES, listener));
        return new Emitter(listeners);
    }

    private static Announcer announcer(WorkerSettings.@Nullable Slack slack, MeterRegistry meters) {
        return slack == null
                ? new NoChannel()
                : new SlackAnnouncer(
                        new SlackApi(slack.apiUrl(), slack::token, new SlackRefusals(meters)), slack.fallback());
    }

    /** Pages that reach nobody must not look as if they did: the process says at its start where they go. */
    private static Pager pager(PagerDutySettings settings) {
        if (settings.configured()) {
            LOG.info("pages and changes go to PagerDuty, {}", settings.eventsUrl());
            return settings.pager();
        }
        LOG.warn("pages go to this log alone: there is no slipway.pagerduty.routing-key-file (docs/notifications.md)");
        return new LogPager();
    }
}
