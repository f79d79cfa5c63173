package dev.slipway.activities.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.kubernetes.MockCluster;
import dev.slipway.activities.route.HttpRouteSwitch;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On an API server in memory, with Helm's records written as Helm writes them. */
class GuardOnMockTest extends KubernetesGuardContract {
    private static final String BEGAN = "2026-11-21T09:00:00Z";
    /** The mock stamps what it creates with the time of this machine. */
    private static final String LATER = "2099-01-01T00:00:00Z";

    private final MockCluster cluster = new MockCluster();
    private int newest;

    @Override
    KubernetesClient client() {
        return cluster.client();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Override
    int weDeploy(String tag) {
        String run = ledger.stamp().stageRun();
        return record("slipway sample@1 run=" + run + " epoch=1 prior=none writer=w");
    }

    @Override
    void somebodyDeploys(String tag) {
        record("Upgrade complete");
    }

    @Override
    void somebodyUninstalls() {
        client().secrets().inNamespace(target.namespace()).delete();
    }

    private int record(String description) {
        newest++;
        record(target, newest, description, manifest());
        return newest;
    }

    private void record(HelmTarget target, int newest, String description, String manifest) {
        String json = "{\"name\":\"" + target.release() + "\",\"version\":" + newest + ",\"info\":{\"description\":\""
                + description + "\",\"last_deployed\":\"" + BEGAN + "\"},\"chart\":{\"metadata\":{\"name\":\"sample\","
                + "\"version\":\"1.0.0\"}},\"manifest\":\"" + manifest + "\"}";
        client().resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("sh.helm.release.v1." + target.release() + ".v" + newest)
                        .withNamespace(target.namespace())
                        .addToLabels(Map.of(
                                "owner",
                                "helm",
                                "name",
                                target.release(),
                                "status",
                                "deployed",
                                "version",
                                "" + newest))
                        .endMetadata()
                        .addToData("release", packed(json))
                        .build())
                .create();
    }

    private String manifest() {
        return client().configMaps()
                                .inNamespace(target.namespace())
                                .withName("settings")
                                .get()
                        == null
                ? ""
                : "apiVersion: v1\\nkind: ConfigMap\\nmetadata: { name: settings }\\ndata: { greeting: hello }\\n";
    }

    private static String packed(String json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Base64.Encoder base64 = Base64.getEncoder();
        return base64.encodeToString(base64.encode(bytes.toByteArray()));
    }

    @Test
    void anObjectThatWasDeletedIsNamed() {
        settings("hello", "2000-01-01T00:00:00Z");
        Footprint.Release left = deployed("2");
        client().configMaps()
                .inNamespace(target.namespace())
                .withName("settings")
                .delete();

        assertThat(compare(left)).hasValueSatisfying(what -> assertThat(what).contains("ConfigMap settings"));
    }

    @Test
    void whatWasEditedBeforeOurFirstTouchIsNotForeign() {
        settings("hi", "2000-01-01T00:00:00Z");
        Footprint.Release left = deployed("2");

        assertThat(compare(left)).isEmpty();
    }

    @Test
    void whatWasEditedAfterOurFirstTouchIsForeign() {
        settings("hi", LATER);
        Footprint.Release left = deployed("2");

        assertThat(compare(left))
                .contains("ConfigMap settings was changed by kubectl-edit at " + LATER + ": data.greeting hello -> hi");
    }

    @Test
    void stableBesideOurCanaryMayHaveBeenEditedBeforeOurFirstTouchButNotSince() {
        settings("hi", LATER);
        somebodyDeploys("1");
        Footprint.Release beside = new Footprint.Release(target, 1, false);
        assertThat(compare(beside)).as("no first touch is known").isEmpty();

        HelmTarget canary = target.canary();
        record(canary, 1, "slipway sample@1 run=r epoch=1 prior=none writer=w", "");
        Footprint both = new Footprint(List.of(beside, new Footprint.Release(canary, 1)), Optional.empty());

        assertThat(guard().compare(both))
                .hasValueSatisfying(what -> assertThat(what).contains("ConfigMap settings was changed"));
    }

    @Test
    void anApiServerThatDoesNotAnswerIsAFailureAndNoFinding() {
        Config nowhere = new ConfigBuilder()
                .withMasterUrl("http://127.0.0.1:1")
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient away =
                new KubernetesClientBuilder().withConfig(nowhere).build()) {
            GuardActivities guard = new GuardActivities(away, new HttpRouteSwitch(away));
            Footprint left = new Footprint(List.of(new Footprint.Release(target, 1)), Optional.empty());

            assertThatThrownBy(() -> guard.compare(left))
                    .isInstanceOfSatisfying(
                            ApplicationFailure.class,
                            f -> assertThat(f.getType()).isEqualTo(FailureType.UNREACHABLE.name()));
        }
    }

    private void settings(String greeting, String time) {
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("settings")
                        .withNamespace(target.namespace())
                        .withManagedFields(new ManagedFieldsEntryBuilder()
                                .withManager("kubectl-edit")
                                .withOperation("Update")
                                .withTime(time)
                                .withNewFieldsV1()
                                .addToAdditionalProperties("f:data", Map.of("f:greeting", Map.of()))
                                .endFieldsV1()
                                .build())
                        .endMetadata()
                        .addToData("greeting", greeting)
                        .build())
                .create();
    }
}
