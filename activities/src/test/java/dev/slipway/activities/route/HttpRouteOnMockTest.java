package dev.slipway.activities.route;

import dev.slipway.activities.kubernetes.MockCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;

class HttpRouteOnMockTest extends RouteContract {
    private final MockCluster cluster = new MockCluster();

    @Override
    KubernetesClient client() {
        return cluster.client();
    }

    @Override
    String namespace() {
        return "production";
    }

    @AfterEach
    void stop() {
        cluster.close();
    }
}
