package dev.slipway.activities.check;

import dev.slipway.activities.kubernetes.ApiFailure;
import dev.slipway.model.Backend;
import dev.slipway.workflows.api.FailureType;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.net.URISyntaxException;

/** Where a Service is reached: its cluster IP, which is only ever taken from the environment's own namespace. */
final class ServiceAddress {
    private final KubernetesClient client;

    ServiceAddress(KubernetesClient client) {
        this.client = client;
    }

    /**
     * The address of a path on the backend.
     *
     * @throws io.temporal.failure.ApplicationFailure MISSING without such a Service or port, INVALID_INPUT when it has no
     *     cluster IP or the path is none
     */
    URI of(String namespace, Backend backend, String path) {
        String name = "Service " + namespace + "/" + backend.service();
        Service service = ApiFailure.classified(
                "reading " + name,
                () -> client.services()
                        .inNamespace(namespace)
                        .withName(backend.service())
                        .get());
        if (service == null) {
            throw FailureType.MISSING.failure(name + " does not exist");
        }
        if (service.getSpec().getPorts().stream().noneMatch(p -> p.getPort() == backend.port())) {
            throw FailureType.MISSING.failure(name + " has no port " + backend.port() + ", only "
                    + service.getSpec().getPorts().stream()
                            .map(ServicePort::getPort)
                            .toList());
        }
        String ip = service.getSpec().getClusterIP();
        if (ip == null || ip.isEmpty() || ip.equals("None")) {
            throw FailureType.INVALID_INPUT.failure(
                    name + " has no cluster IP (headless or ExternalName), so an HTTP check cannot reach it");
        }
        return uri(ip, backend.port(), path);
    }

    private static URI uri(String ip, int port, String path) {
        try {
            String host = ip.contains(":") ? "[" + ip + "]" : ip;
            URI uri = new URI("http://" + host + ":" + port + path);
            if (path.startsWith("/") && host.equals(uri.getHost()) && port == uri.getPort()) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw FailureType.INVALID_INPUT.failure("the check's path '" + path + "' is no URL path: " + e.getReason());
        }
        throw FailureType.INVALID_INPUT.failure("the check's path '" + path + "' must begin with one slash");
    }
}
