package dev.slipway.starter;

import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether Temporal answers. Anybody may ask, so the answer is remembered for a second. */
@Component("temporalHealthIndicator")
class TemporalHealth implements HealthIndicator {
    private static final long REMEMBERED = TimeUnit.SECONDS.toNanos(1);
    private static final int PATIENCE_SECONDS = 2;

    private final WorkflowServiceStubs service;
    private final StarterSettings settings;
    private Health last = Health.unknown().build();
    private long askedAt = System.nanoTime() - REMEMBERED;

    TemporalHealth(WorkflowClient client, StarterSettings settings) {
        this.service = client.getWorkflowServiceStubs();
        this.settings = settings;
    }

    @Override
    public synchronized Health health() {
        if (System.nanoTime() - askedAt >= REMEMBERED) {
            last = ask();
            askedAt = System.nanoTime();
        }
        return last;
    }

    private Health ask() {
        String target = settings.temporal().target();
        String namespace = settings.temporal().namespace();
        try {
            service.blockingStub()
                    .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .describeNamespace(DescribeNamespaceRequest.newBuilder()
                            .setNamespace(namespace)
                            .build());
            return Health.up().withDetail("target", target).build();
        } catch (StatusRuntimeException e) {
            return Health.down()
                    .withDetail("target", target)
                    .withDetail("namespace", namespace)
                    .withDetail("reason", SafeText.line(String.valueOf(e.getMessage())))
                    .build();
        }
    }
}
