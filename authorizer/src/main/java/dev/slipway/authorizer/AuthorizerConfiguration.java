package dev.slipway.authorizer;

import dev.slipway.connection.Connection;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.ServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The authorizer's wiring. */
@Configuration(proxyBeanMethods = false)
class AuthorizerConfiguration {
    private static final int RECONNECT_SECONDS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizerConfiguration.class);

    @Bean(destroyMethod = "shutdownNow")
    ManagedChannel temporal(AuthorizerSettings settings) {
        return Connection.channel(
                settings.temporal().address(), settings.temporal().access());
    }

    /** gRPC waits up to two minutes before it tries again to reach who was away; as the SDKs do, this does not. */
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService reconnecting(ManagedChannel temporal) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "reconnecting");
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleWithFixedDelay(
                temporal::resetConnectBackoff, RECONNECT_SECONDS, RECONNECT_SECONDS, TimeUnit.SECONDS);
        return timer;
    }

    @Bean
    AuthorizerServer server(AuthorizerSettings settings, ManagedChannel temporal, MeterRegistry meters) {
        return server(settings, temporal, new AccessLog(meters), Clock.systemUTC());
    }

    static AuthorizerServer server(AuthorizerSettings settings, ManagedChannel temporal, AccessLog log, Clock clock) {
        settings.callers()
                .forEach(known -> LOG.info(
                        "{} is {}: {}",
                        known.certificate(),
                        known.name(),
                        known.caller().role()));
        LOG.info("shows {}", settings.reception().words());
        String namespace = settings.temporal().namespace();
        Relay relay = new Relay(temporal, new Rules(namespace), new TaskTokens(settings.keys()), log);
        ServerBuilder<?> builder = settings.reception().at(settings.address()).directExecutor();
        relay.services().forEach(builder::addService);
        builder.intercept(new Doorway(new Callers(settings.bySubject(), clock), namespace, log));
        return new AuthorizerServer(builder.build());
    }

    /** Down while Temporal cannot be reached: another authorizer may reach it. */
    @Bean
    HealthIndicator temporalHealth(AuthorizerSettings settings, ManagedChannel temporal) {
        return () -> {
            ConnectivityState state = temporal.getState(true);
            return (state == ConnectivityState.TRANSIENT_FAILURE ? Health.down() : Health.up())
                    .withDetail("target", settings.temporal().address())
                    .withDetail("connection", state.name())
                    .build();
        };
    }
}
