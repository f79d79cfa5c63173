package dev.slipway.worker;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import dev.slipway.activities.Drain;
import dev.slipway.connection.Connection;
import dev.slipway.encryption.Encryption;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The connection to Temporal; lazy, nothing here needs an answer yet. */
@Configuration(proxyBeanMethods = false)
class TemporalConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(TemporalConfiguration.class);
    private static final double REPORT_SECONDS = 5;

    /** As the settings say; also without anything else of a worker. */
    static Encryption encryption(Environment environment) {
        return Binder.get(environment).bindOrCreate("slipway.encryption", Encryption.class);
    }

    @Bean
    Drain drain() {
        return new Drain();
    }

    @Bean(destroyMethod = "close")
    Scope temporalMetrics(MeterRegistry registry) {
        return new RootScopeBuilder()
                .reporter(new MicrometerClientStatsReporter(registry))
                .reportEvery(com.uber.m3.util.Duration.ofSeconds(REPORT_SECONDS));
    }

    @Bean(destroyMethod = "shutdownNow")
    WorkflowServiceStubs temporalService(WorkerSettings settings, Scope temporalMetrics) {
        return Connection.open(
                settings.temporal().address(), settings.temporal().access(), temporalMetrics);
    }

    @Bean
    WorkflowClient temporalClient(WorkflowServiceStubs service, WorkerSettings settings, Environment environment) {
        Encryption encryption = encryption(environment);
        LOG.info("{}", encryption.words());
        return WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(settings.temporal().namespace())
                        .setDataConverter(encryption.converter())
                        .setIdentity(settings.name() + "/"
                                + ManagementFactory.getRuntimeMXBean().getName())
                        .build());
    }

    /** With what the role registered; the lifecycle starts and stops it, not the container. */
    @Bean(destroyMethod = "")
    WorkerFactory workerFactory(WorkflowClient client, Duties duties) {
        WorkerFactory factory = WorkerFactory.newInstance(
                client, WorkerFactoryOptions.newBuilder().build());
        duties.register(factory);
        return factory;
    }
}
