package dev.slipway.starter;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import dev.slipway.workflows.api.Payloads;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.lang.management.ManagementFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connection to Temporal; lazy, so that the process starts without it. */
@Configuration(proxyBeanMethods = false)
class TemporalConfiguration {
    private static final double REPORT_SECONDS = 5;

    @Bean(destroyMethod = "close")
    Scope temporalMetrics(MeterRegistry registry) {
        return new RootScopeBuilder()
                .reporter(new MicrometerClientStatsReporter(registry))
                .reportEvery(com.uber.m3.util.Duration.ofSeconds(REPORT_SECONDS));
    }

    @Bean(destroyMethod = "shutdownNow")
    WorkflowServiceStubs temporalService(StarterSettings settings, Scope temporalMetrics) {
        return WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(settings.temporal().target())
                .setMetricsScope(temporalMetrics)
                .build());
    }

    @Bean
    WorkflowClient temporalClient(WorkflowServiceStubs service, StarterSettings settings) {
        return WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(settings.temporal().namespace())
                        .setDataConverter(Payloads.converter())
                        .setIdentity("starter/"
                                + ManagementFactory.getRuntimeMXBean().getName())
                        .build());
    }
}
