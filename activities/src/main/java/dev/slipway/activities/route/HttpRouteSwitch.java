package dev.slipway.activities.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.slipway.activities.kubernetes.ApiFailure;
import dev.slipway.activities.kubernetes.Kubernetes;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.RouteState;
import dev.slipway.workflows.api.RouteTarget;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;

/** HTTPRoutes of the Gateway API, {@code gateway.networking.k8s.io/v1}. */
public final class HttpRouteSwitch implements TrafficSwitch {
    private static final ResourceDefinitionContext HTTP_ROUTE = new ResourceDefinitionContext.Builder()
            .withGroup("gateway.networking.k8s.io")
            .withVersion("v1")
            .withKind("HTTPRoute")
            .withPlural("httproutes")
            .withNamespaced(true)
            .build();
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;

    /** Acts with the rights of the client; it needs get and patch on HTTPRoutes of the namespace. */
    public HttpRouteSwitch(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Sight look(RouteTarget target) {
        GenericKubernetesResource found = ApiFailure.classified(
                "reading " + name(target), () -> resource(target).get());
        if (found == null) {
            throw FailureType.MISSING.failure(name(target) + " does not exist. The service's team creates it, with one"
                    + " backendRef to " + target.stable() + "; Slipway then owns its weights.");
        }
        return new Seen(target, new HttpRouteDocument(Serialization.jsonMapper().valueToTree(found), target));
    }

    private Resource<GenericKubernetesResource> resource(RouteTarget target) {
        return client.genericKubernetesResources(HTTP_ROUTE)
                .inNamespace(target.namespace())
                .withName(target.route());
    }

    private static String name(RouteTarget target) {
        return "HTTPRoute " + target.namespace() + "/" + target.route();
    }

    /** The tests of the patch, not its position in time, decide: an answer that was lost is found by the next look. */
    private boolean patch(RouteTarget target, ArrayNode operations) {
        PatchContext context = PatchContext.of(PatchType.JSON);
        context.setFieldManager(Kubernetes.FIELD_MANAGER);
        try {
            resource(target).patch(context, operations.toString());
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT || e.getCode() == UNPROCESSABLE && isFailedTest(e)) {
                return false;
            }
            throw ApiFailure.of("changing " + name(target), e);
        }
    }

    /** The API server answers 422 both to a failed test and to an object that it does not accept. */
    private static boolean isFailedTest(KubernetesClientException error) {
        return String.valueOf(error.getMessage()).contains("test");
    }

    private final class Seen implements Sight {
        private final RouteTarget target;
        private final HttpRouteDocument document;

        private Seen(RouteTarget target, HttpRouteDocument document) {
            this.target = target;
            this.document = document;
        }

        @Override
        public RouteState state() {
            return document.state();
        }

        @Override
        public boolean isAsWeLeftIt() {
            return document.left().map(left -> left.same(shares())).orElse(false);
        }

        @Override
        public Optional<String> objection() {
            return document.objection().map(why -> name(target) + " " + why);
        }

        @Override
        public String changedBy() {
            return Manager.lastOther(document.json()).map(Manager::toString).orElse("somebody else");
        }

        @Override
        public Word word() {
            JsonNode json = document.json();
            return GatewayStatus.word(json);
        }

        @Override
        public boolean write(RouteMark mark, Shares wanted) {
            return patch(target, HttpRoutePatch.of(document, mark, wanted));
        }
    }
}
