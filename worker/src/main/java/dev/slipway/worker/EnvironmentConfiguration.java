package dev.slipway.worker;

import dev.slipway.activities.Drain;
import dev.slipway.activities.watch.PrometheusClient;
import dev.slipway.activities.watch.TripWire;
import dev.slipway.activities.watch.WatchActivities;
import dev.slipway.workflows.api.TaskQueues;
import io.temporal.worker.WorkerOptions;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The worker of one environment: everything that touches its cluster, gateway and Prometheus, with its credentials alone. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "slipway.worker.role", havingValue = "environment")
class EnvironmentConfiguration {
    @Bean
    WatchActivities watches(WorkerSettings settings, TripWire wire, Drain drain) {
        return new WatchActivities(new PrometheusClient(settings.ofEnvironment().prometheus()), wire, drain);
    }

    @Bean
    Duties environment(WorkerSettings settings, WatchActivities watches) {
        WorkerSettings.Environment environment = settings.ofEnvironment();
        return factory -> factory.newWorker(
                        TaskQueues.watchOf(environment.environmentName()), options(environment.watches()))
                .registerActivitiesImplementations(watches);
    }

    private static WorkerOptions options(int atOnce) {
        return WorkerOptions.newBuilder()
                .setMaxConcurrentActivityExecutionSize(atOnce)
                .setAllowActivityHeartbeatDuringShutdown(true)
                .build();
    }
}
