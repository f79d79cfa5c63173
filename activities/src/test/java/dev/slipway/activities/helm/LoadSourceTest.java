package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.kubernetes.MockCluster;
import dev.slipway.model.EnvironmentName;
import dev.slipway.workflows.api.HelmTarget;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadSourceTest {
    private static final HelmTarget TARGET = new HelmTarget(new EnvironmentName("staging"), "staging", "podinfo");
    private static final String RENDERED = """
            apiVersion: batch/v1
            kind: CronJob
            metadata: { name: load-test }
            spec: { schedule: "0 0 1 1 *", suspend: true }
            """;

    private final MockCluster cluster = new MockCluster();

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Optional<String> objection(String rendered) {
        Manifest manifest = Manifest.of(rendered.getBytes(StandardCharsets.UTF_8));
        return new LoadSource(cluster.client(), TARGET, "load-test").objection(manifest);
    }

    private void there(boolean suspended, Map<String, String> annotations) {
        cluster.client()
                .resource(new CronJobBuilder()
                        .withNewMetadata()
                        .withName("load-test")
                        .withNamespace("staging")
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withNewSpec()
                        .withSuspend(suspended)
                        .endSpec()
                        .build())
                .create();
    }

    @Test
    void aSuspendedOneInTheChartIsGood() {
        assertThat(objection(RENDERED)).isEmpty();
    }

    @Test
    void theChartsOwnWordCountsAndNotWhatTheOldOneHasLeft() {
        there(false, Map.of());
        assertThat(objection(RENDERED)).isEmpty();
    }

    @Test
    void oneOfTheChartThatRunsBySchedulesIsRefused() {
        assertThat(objection(RENDERED.replace("true", "false")))
                .contains(
                        "CronJob load-test, which a soak names as its load, in the chart is not suspended, so it would"
                                + " send requests by its own schedule as well; set spec.suspend: true");
        assertThat(objection(RENDERED.replace(", suspend: true", ""))).isPresent();
    }

    @Test
    void aHookIsNoPartOfTheRelease() {
        String hook =
                RENDERED.replace("name: load-test", "name: load-test, annotations: { helm.sh/hook: post-upgrade }");
        assertThat(objection(hook)).hasValueSatisfying(why -> assertThat(why).contains("is neither in the chart"));
    }

    @Test
    void oneThatIsNowhereIsRefusedWithWhatToDo() {
        assertThat(objection(""))
                .contains("CronJob load-test, which a soak names as its load, is neither in the chart nor"
                        + " in namespace staging; let the chart render it with suspend: true (perhaps it is behind a value), or"
                        + " have the platform team create it");
    }

    @Test
    void aSuspendedOneOfThePlatformIsGood() {
        there(true, Map.of());
        assertThat(objection("")).isEmpty();
    }

    @Test
    void oneOfThePlatformThatRunsByScheduleIsRefused() {
        there(false, Map.of());
        assertThat(objection(""))
                .hasValueSatisfying(why -> assertThat(why).contains("in namespace staging is not suspended"));
    }

    @Test
    void oneThatTheUpgradeTakesAwayIsRefused() {
        there(true, Map.of("meta.helm.sh/release-name", "podinfo"));
        assertThat(objection("")).hasValueSatisfying(why -> assertThat(why).contains("is no longer in the chart"));
    }
}
