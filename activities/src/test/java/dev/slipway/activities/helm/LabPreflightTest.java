package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.kubernetes.Kubernetes;
import dev.slipway.activities.kubernetes.LabCluster;
import dev.slipway.model.BundleRef;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Resource;
import dev.slipway.model.Verdict;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.RenderOrder;
import dev.slipway.workflows.undo.UndoLedger;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the real API server has against a chart is told before anything is touched. */
@Tag("lab")
@Timeout(120)
class LabPreflightTest {
    private static final Path BUNDLE = Path.of("src/test/resources").toAbsolutePath();

    private LabCluster lab;
    private HelmActivities helm;
    private HelmTarget target;
    private Optional<Weight> canary = Optional.of(new Weight(25));

    @BeforeEach
    void open() {
        lab = LabCluster.orSkip();
        target = new HelmTarget(new EnvironmentName("development"), lab.namespace(), "preflight");
        helm = activities("KUBECONFIG");
    }

    private static HelmActivities activities(String kubeconfig) {
        Path config = Path.of(LabCluster.env(kubeconfig));
        HelmSettings settings = HelmSettings.of(Path.of(LabCluster.env("HELM")), Optional.empty(), config);
        return new HelmActivities(
                settings,
                digest -> BUNDLE,
                HelmProcess.checked(settings),
                new EverybodyWrites(),
                () -> Pulse.NONE,
                new ApiHelmCluster(Kubernetes.client(config)),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        // without a lab the test was skipped before there was anything to close
        if (lab != null) {
            helm.close();
            lab.close();
        }
    }

    @Test
    void aChartThatTheClusterTakesPassesAndNothingIsThereAfterwards() {
        assertThat(verdict(List.of("values.yaml"))).isInstanceOf(Verdict.Passed.class);
        assertThat(lab.client().services().inNamespace(lab.namespace()).list().getItems())
                .isEmpty();
    }

    @Test
    void anImmutableFieldIsFound() {
        deploy();
        assertThat(verdict(List.of("values.yaml"))).isInstanceOf(Verdict.Passed.class);
        assertRefused("values-selector.yaml", "Deployment/preflight would be refused: 422", "field is immutable");
    }

    @Test
    void anObjectThatBelongsToSomebodyElseIsFound() {
        lab.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("taken-by-somebody")
                        .withNamespace(lab.namespace())
                        .endMetadata()
                        .build())
                .create();
        canary = Optional.empty();
        assertRefused("values-extra.yaml", "ConfigMap/taken-by-somebody is there already");
    }

    @Test
    void anExceededQuotaIsFound() {
        lab.client()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("none")
                        .withNamespace(lab.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("count/services", new Quantity("0"))
                        .endSpec()
                        .build())
                .create();
        Eventually.holds(() -> Optional.ofNullable(lab.client()
                        .resourceQuotas()
                        .inNamespace(lab.namespace())
                        .withName("none")
                        .get()
                        .getStatus())
                .map(s -> s.getHard() != null && !s.getHard().isEmpty())
                .orElse(false));
        assertRefused("values.yaml", "Service/preflight would be refused: 403", "exceeded quota");
    }

    @Test
    void aMissingPullSecretIsFound() {
        assertRefused("values-pullsecret.yaml", "Deployment/preflight pulls its images with Secret registry-login");
    }

    @Test
    void aKindThatTheClusterDoesNotKnowIsFound() {
        assertRefused("values-strange.yaml", "does not know nobody.example/v1 Unicorn", "installs no CRDs");
    }

    @Test
    void aNamespaceThatIsNotThereIsFound() {
        target = new HelmTarget(target.environment(), "nowhere", target.release());
        assertRefused("values.yaml", "there is no namespace nowhere");
    }

    @Test
    void aNamespaceThatGoesAwayIsFound() {
        var held = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("held")
                .withNamespace(lab.namespace())
                .withFinalizers("slipway.dev/test")
                .endMetadata()
                .build();
        lab.client().resource(held).create();
        lab.client().namespaces().withName(lab.namespace()).delete();
        Eventually.holds(() -> "Terminating"
                .equals(lab.client()
                        .namespaces()
                        .withName(lab.namespace())
                        .get()
                        .getStatus()
                        .getPhase()));
        try {
            assertRefused("values.yaml", "is being terminated");
        } finally {
            lab.client()
                    .configMaps()
                    .inNamespace(lab.namespace())
                    .withName("held")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        }
    }

    @Test
    void whatTheWorkerMayNotDoIsFound() {
        target = new HelmTarget(target.environment(), "development", "preflight");
        helm.close();
        helm = activities("KUBECONFIG_DEVELOPMENT");
        assertThat(verdict(List.of("values.yaml"))).isInstanceOf(Verdict.Passed.class);
        assertThat(verdict(List.of("values.yaml", "values-helmtest.yaml")))
                .as("a Pod that only helm test makes")
                .isInstanceOf(Verdict.Passed.class);
        assertRefused(
                "values-clusterrole.yaml",
                "the worker may not get, create, patch, delete clusterroles.rbac.authorization.k8s.io of the whole"
                        + " cluster");
    }

    private void assertRefused(String values, String... words) {
        Verdict verdict = verdict(List.of("values.yaml", values));
        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.reason()).startsWith("nothing was touched, because ").contains(words);
    }

    @Test
    void aLoadThatIsNeitherInTheChartNorInTheNamespaceIsFound() {
        Verdict verdict = verdict(List.of("values.yaml"), List.of("load-test"));

        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.reason())
                .startsWith(
                        "nothing was touched, because CronJob load-test, which a soak names as its load, is neither in"
                                + " the chart nor in namespace " + lab.namespace());
    }

    @Test
    void aLoadThatRunsByItsOwnScheduleIsFoundUntilItIsSuspended() {
        cronJob(false);
        assertThat(verdict(List.of("values.yaml"), List.of("load-test")).reason())
                .contains("is not suspended");

        lab.client().batch().v1().cronjobs().inNamespace(lab.namespace()).delete();
        cronJob(true);
        assertThat(verdict(List.of("values.yaml"), List.of("load-test"))).isInstanceOf(Verdict.Passed.class);
    }

    private void cronJob(boolean suspended) {
        lab.client()
                .resource(new CronJobBuilder()
                        .withNewMetadata()
                        .withName("load-test")
                        .withNamespace(lab.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .withSchedule("0 0 1 1 *")
                        .withSuspend(suspended)
                        .withNewJobTemplate()
                        .withNewSpec()
                        .withNewTemplate()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .addNewContainer()
                        .withName("load")
                        .withImage("load:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .endJobTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    private Verdict verdict(List<String> values) {
        return verdict(values, List.of());
    }

    private Verdict verdict(List<String> values, List<String> loads) {
        return helm.render(new RenderOrder(target, canary, bundle(), values, HelmContractTest.image("1"), loads))
                .verdict();
    }

    private void deploy() {
        UndoLedger ledger = HelmContractTest.ledger("sample", "run-preflight");
        helm.apply(
                ledger.open(Resource.STABLE, () -> helm.observe(target).prior()),
                new DeployOrder(
                        target,
                        bundle(),
                        List.of("values.yaml"),
                        HelmContractTest.image("1"),
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        10));
    }

    private static BundleRef bundle() {
        return new BundleRef(HelmContractTest.BUNDLE, "chart");
    }
}
