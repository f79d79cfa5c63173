package dev.slipway.worker;

import dev.slipway.connection.Connection;
import dev.slipway.encryption.Encryption;
import dev.slipway.worker.replay.ReplayCommand;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;

/** Temporal as the worker's settings say, without a worker. */
final class ReplayConnection implements ReplayCommand.Connection {
    private final WorkflowServiceStubs service;
    private final WorkflowClient client;

    private ReplayConnection(WorkerSettings.Temporal settings, Encryption encryption) {
        service = Connection.open(settings.address(), settings.access(), null);
        client = WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(settings.namespace())
                        .setDataConverter(encryption.converter())
                        .build());
    }

    /** Reads the settings from where the worker reads them; the role does not matter. */
    static ReplayConnection of(List<String> arguments) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(SettingsOnly.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("slipway.worker.role=control")
                .run(arguments.toArray(String[]::new))) {
            return new ReplayConnection(
                    context.getBean(WorkerSettings.class).temporal(),
                    TemporalConfiguration.encryption(context.getEnvironment()));
        }
    }

    @Override
    public WorkflowClient client() {
        return client;
    }

    @Override
    public void close() {
        service.shutdownNow();
    }

    /** Nothing but the settings. */
    @EnableConfigurationProperties(WorkerSettings.class)
    static class SettingsOnly {}
}
