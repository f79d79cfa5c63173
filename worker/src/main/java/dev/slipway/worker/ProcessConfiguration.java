package dev.slipway.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The process around the worker: health, pid file, exit. */
@Configuration(proxyBeanMethods = false)
class ProcessConfiguration {
    /** Up only while it polls: an orchestrator sees that a worker waits for Temporal or drains. */
    @Bean
    HealthIndicator temporalHealth(Polling polling) {
        return () -> (polling.stage() == Polling.Stage.POLLING ? Health.up() : Health.down())
                .withDetail("stage", polling.stage().name())
                .build();
    }

    @Bean
    PidFile pidFile(WorkerSettings settings) {
        return new PidFile(settings.pidDirectory().map(dir -> dir.resolve(settings.name() + ".pid")));
    }

    @Bean
    Exit exit(ConfigurableApplicationContext context) {
        return code -> System.exit(SpringApplication.exit(context, () -> code));
    }
}
