package dev.slipway.activities.orphan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.kubernetes.LabCluster;
import dev.slipway.model.Digests;
import dev.slipway.model.Environment;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.PriorState;
import dev.slipway.model.Resource;
import dev.slipway.model.ServiceName;
import dev.slipway.workflows.api.Remains;
import dev.slipway.workflows.api.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What real helm and a real API server store is what is read here. */
@Tag("lab")
class OrphansOnLabTest {
    private static final String RUN = "0b2a7c1e-1111-4222-8333-123456789abc";
    private static final String CHART = "src/test/resources/chart";

    private LabCluster lab;
    private Environment environment;
    private OrphanActivities orphans;

    @BeforeEach
    void namespace() {
        lab = LabCluster.orSkip();
        environment = new Environment(
                new EnvironmentName("production"),
                true,
                lab.namespace(),
                Duration.ofMinutes(1),
                10,
                Duration.ofMinutes(1));
        orphans = new OrphanActivities(lab.client());
    }

    @AfterEach
    void gone() {
        if (lab != null) {
            lab.close();
        }
    }

    private String helm(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(LabCluster.env("HELM")));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-n", lab.namespace()));
        Process process = new ProcessBuilder(command).start();
        byte[] out = process.getInputStream().readAllBytes();
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, errors).isZero();
        return new String(out, StandardCharsets.UTF_8);
    }

    private void deploy(String release, int revision, String resource, String prior)
            throws IOException, InterruptedException {
        helm(
                "upgrade",
                "--install",
                release,
                CHART,
                "--wait=hookOnly",
                "--labels",
                "slipway.dev/run=" + RUN + ",slipway.dev/epoch=" + revision + ",slipway.dev/revision=" + revision,
                "--description",
                "slipway podinfo@2.0.0 attempt 2 production " + resource + " run=" + RUN + " epoch=" + revision
                        + " prior=" + prior + " writer=abcd");
    }

    @Test
    void theMarksOnRealReleasesAndRoutesAreEnoughToPutASlotBack() throws IOException, InterruptedException {
        helm("upgrade", "--install", "podinfo", CHART, "--wait=hookOnly");
        String before = helm("get", "manifest", "podinfo", "--revision", "1");
        deploy("podinfo-canary", 1, "CANARY", "none");
        deploy("podinfo", 2, "STABLE", "1");
        new Leftovers(lab.client(), lab.namespace())
                .route(
                        "podinfo",
                        "podinfo@2.0.0 attempt 2 run " + RUN,
                        9,
                        new TreeMap<>(Map.of("podinfo", 75, "podinfo-canary", 25)));

        assertThat(orphans.find(environment))
                .extracting(Trace::what)
                .containsExactlyInAnyOrder(
                        "HTTPRoute podinfo still has a canary: podinfo:80=75,podinfo-canary:80=25 (epoch 9)",
                        "Helm release podinfo-canary revision 1 is deployed");
        Remains remains = orphans.remains(environment, new ServiceName("podinfo"));

        assertThat(remains.missing()).isEmpty();
        assertThat(remains.epoch()).isEqualTo(9);
        assertThat(remains.claim().orElseThrow().stamp().attempt()).isEqualTo(2);
        assertThat(remains.claim().orElseThrow().ledger())
                .containsEntry(Resource.CANARY, new PriorState.Absent())
                .hasEntrySatisfying(
                        Resource.STABLE,
                        prior -> assertThat(prior).isInstanceOfSatisfying(PriorState.HelmRevision.class, revision -> {
                            assertThat(revision.revision()).isEqualTo(1);
                            assertThat(revision.manifest())
                                    .isEqualTo(Digests.sha256(before.getBytes(StandardCharsets.UTF_8)));
                        }));
    }
}
