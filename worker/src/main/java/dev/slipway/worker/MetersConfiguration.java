package dev.slipway.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the control worker shows of releases beside what their workflows count; docs/observability.md. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "slipway.worker.role", havingValue = "control")
class MetersConfiguration {
    @Bean
    ReleaseMeters releaseMeters() {
        return new ReleaseMeters();
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    OpenGauges openGauges(WorkflowClient client, MeterRegistry meters) {
        return new OpenGauges(new OpenWork(client), meters, Clock.systemUTC());
    }
}
