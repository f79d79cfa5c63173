package dev.slipway.activities.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.kubernetes.LabCluster;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.RouteState;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same promises on a real API server, and what only a real one and a real Gateway can tell. */
@Tag("lab")
class HttpRouteOnLabTest extends RouteContract {
    private static LabCluster lab;

    @BeforeAll
    static void start() {
        lab = LabCluster.orSkip();
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @AfterEach
    void removeTheRoute() {
        client().resources(HTTPRoute.class).inNamespace(namespace()).delete();
        client().services().inNamespace(namespace()).delete();
    }

    @Override
    KubernetesClient client() {
        return lab.client();
    }

    @Override
    String namespace() {
        return lab.namespace();
    }

    @Test
    void namesWhoInterferedByTheFieldManagerOfTheApiServer() {
        route(Duration.ZERO).shift(permit(), target(), new Weight(5));
        client().resources(HTTPRoute.class)
                .inNamespace(namespace())
                .withName("podinfo")
                .patch(
                        context("kubectl-edit"),
                        "[{\"op\":\"replace\",\"path\":\"/spec/rules/0/backendRefs/1/weight\",\"value\":40}]");

        assertThatThrownBy(() -> route(Duration.ZERO).shift(permit(), target(), new Weight(25)))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class, f -> assertThat(f.getType()).isEqualTo(FailureType.INTERFERED.name()))
                .hasMessageContaining("changed by kubectl-edit at 20");
    }

    @Test
    void aStatusUpdateOfTheGatewayDisturbsNoWriter() {
        route(Duration.ZERO).shift(permit(), target(), new Weight(5));
        attachToTheGateway();

        RouteState state = route(Duration.ofSeconds(5)).shift(permit(), target(), Weight.NONE);

        assertThat(state.percentOf("podinfo-canary")).isZero();
    }

    @Test
    void theGatewayHasTakenTheWeightsWhenAShiftReturns() {
        service("podinfo");
        service("podinfo-canary");
        attachToTheGateway();

        route(Duration.ofSeconds(5)).shift(permit(), target(), new Weight(5));

        assertThat(new HttpRouteSwitch(client()).look(target()).word())
                .isEqualTo(new TrafficSwitch.Word(true, Optional.empty()));
    }

    @Test
    void trafficToACanaryThatTheGatewayDoesNotFindIsAnError() {
        service("podinfo");
        attachToTheGateway();

        assertThatThrownBy(() -> route(Duration.ofSeconds(2)).shift(permit(), target(), new Weight(5)))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class, f -> assertThat(f.getType()).isEqualTo(FailureType.MISSING.name()))
                .hasMessageContaining("ResolvedRefs=False");
    }

    private RouteActivities route(Duration limit) {
        return new RouteActivities(new HttpRouteSwitch(client()), limit);
    }

    private void service(String name) {
        client().resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace())
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withPort(9898)
                        .endPort()
                        .addToSelector("app", name)
                        .endSpec()
                        .build())
                .create();
    }

    private void attachToTheGateway() {
        client().resource(new HTTPRouteBuilder(read())
                        .editSpec()
                        .addToHostnames(namespace() + ".test")
                        .addNewParentRef()
                        .withGroup("gateway.networking.k8s.io")
                        .withKind("Gateway")
                        .withName(LabCluster.env("GATEWAY_NAME"))
                        .withNamespace(LabCluster.env("GATEWAY_NAMESPACE"))
                        .endParentRef()
                        .endSpec()
                        .build())
                .update();
    }

    private static PatchContext context(String manager) {
        PatchContext context = PatchContext.of(PatchType.JSON);
        context.setFieldManager(manager);
        return context;
    }
}
