package dev.slipway.activities.guard;

import dev.slipway.activities.route.HttpRouteSwitch;
import dev.slipway.activities.route.RouteActivities;
import dev.slipway.workflows.api.Guard;
import dev.slipway.workflows.api.Route;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;

/** The contract on an API server, mock or real. */
abstract class KubernetesGuardContract extends GuardContract {
    abstract KubernetesClient client();

    @Override
    Guard guard() {
        return new GuardActivities(client(), new HttpRouteSwitch(client()));
    }

    @Override
    Route route() {
        return new RouteActivities(new HttpRouteSwitch(client()), Duration.ZERO);
    }

    @Override
    void aRoute() {
        client().resource(new HTTPRouteBuilder()
                        .withNewMetadata()
                        .withName(route.route())
                        .withNamespace(route.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .addNewRule()
                        .addNewBackendRef()
                        .withGroup("")
                        .withKind("Service")
                        .withName(route.stable().service())
                        .withPort(route.stable().port())
                        .withWeight(1)
                        .endBackendRef()
                        .endRule()
                        .endSpec()
                        .build())
                .create();
    }

    @Override
    void somebodySetsTheCanarysWeight(int weight) {
        PatchContext context = PatchContext.of(PatchType.JSON);
        context.setFieldManager("kubectl-edit");
        client().resources(HTTPRoute.class)
                .inNamespace(route.namespace())
                .withName(route.route())
                .patch(
                        context,
                        "[{\"op\":\"replace\",\"path\":\"/spec/rules/0/backendRefs/1/weight\",\"value\":" + weight
                                + "}]");
    }

    @Override
    void ourWatcherTrips(long epoch) {
        new HttpRouteSwitch(client()).trip(route, epoch, "errors: 20% bad");
    }
}
