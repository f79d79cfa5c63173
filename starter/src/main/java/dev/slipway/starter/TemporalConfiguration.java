package dev.slipway.starter;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import dev.slipway.connection.Connection;
import dev.slipway.encryption.Encryption;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The connection to Temporal; lazy, so that the process starts without it. */
@Configuration(proxyBeanMethods = false)
class TemporalConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(TemporalConfiguration.class);
    private static final double REPORT_SECONDS = 5;

    @Bean
    Encryption encryption(Environment environment) {
        Encryption encryption = Binder.get(environment).bindOrCreate("slipway.encryption", Encryption.class);
        LOG.info("{}", encryption.words());
        return encryption;
    }

    @Bean(destroyMethod = "close")
    Scope temporalMetrics(MeterRegistry registry) {
        return new RootScopeBuilder()
                .reporter(new MicrometerClientStatsReporter(registry))
                .reportEvery(com.uber.m3.util.Duration.ofSeconds(REPORT_SECONDS));
    }

    @Bean(destroyMethod = "shutdownNow")
    WorkflowServiceStubs temporalService(StarterSettings settings, Scope temporalMetrics) {
        return Connection.open(settings.temporal().target(), settings.temporal().access(), temporalMetrics);
    }

    @Bean
    WorkflowClient temporalClient(WorkflowServiceStubs service, StarterSettings settings, Encryption encryption) {
        return WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(settings.temporal().namespace())
                        .setDataConverter(encryption.converter())
                        .setIdentity("starter/"
                                + ManagementFactory.getRuntimeMXBean().getName())
                        .build());
    }
}
