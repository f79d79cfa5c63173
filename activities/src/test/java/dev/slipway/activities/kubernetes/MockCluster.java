package dev.slipway.activities.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.HashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An API server in memory that keeps what it is given; it runs no controllers. */
public final class MockCluster implements AutoCloseable {
    private static final Logger NOISE = Logger.getLogger("io.fabric8.mockwebserver");

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new AnswersFailedTests(), false);
    private final KubernetesClient client;

    public MockCluster() {
        NOISE.setLevel(Level.WARNING);
        server.init();
        client = server.createClient();
    }

    public KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }

    /** The mock leaves a request without an answer when a JSON Patch's test fails; an API server says 422. */
    private static final class AnswersFailedTests extends KubernetesCrudDispatcher {
        @Override
        public synchronized MockResponse handlePatch(RecordedRequest request) {
            try {
                return super.handlePatch(request);
            } catch (RuntimeException e) {
                return new MockResponse()
                        .setResponseCode(422)
                        .setBody("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":422,"
                                + "\"message\":\"testing value failed: test failed\"}");
            }
        }
    }
}
