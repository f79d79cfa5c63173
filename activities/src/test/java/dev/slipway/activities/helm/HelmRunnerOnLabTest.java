package dev.slipway.activities.helm;

import dev.slipway.activities.kubernetes.Kubernetes;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** The real helm binary on the lab's cluster. */
@Tag("lab")
@Timeout(120)
class HelmRunnerOnLabTest extends HelmRunnerContract {
    private static HelmProcess helm;
    private static Path kubeconfig;
    private static HelmCluster cluster;

    @BeforeAll
    static void findTheLab() {
        String found = System.getenv("HELM");
        String config = System.getenv("KUBECONFIG_DEVELOPMENT");
        Assumptions.assumeTrue(
                found != null && config != null,
                "skipped: HELM and KUBECONFIG_DEVELOPMENT are not set (run `make lab`, then `. lab/env`)");
        kubeconfig = Path.of(config);
        cluster = new ApiHelmCluster(Kubernetes.client(kubeconfig));
        helm = HelmProcess.checked(new HelmSettings(
                Path.of(found),
                Optional.empty(),
                kubeconfig,
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60)));
    }

    @AfterAll
    static void close() {
        if (helm != null) {
            helm.close();
            cluster.close();
        }
    }

    @AfterEach
    void removeTheHooksJob() {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build()) {
            client.batch()
                    .v1()
                    .jobs()
                    .inNamespace(target.namespace())
                    .withName(target.release() + "-hook")
                    .delete();
        }
    }

    @Override
    HelmRunner runner() {
        return helm;
    }

    @Override
    HelmCluster cluster() {
        return cluster;
    }

    /** A hook that never ends. */
    @Override
    String slow() {
        return ",\"slowHook\":true";
    }

    @Override
    void killedInTheMiddle(HelmCommand upgrade) {
        CompletableFuture<Finished> running =
                CompletableFuture.supplyAsync(() -> helm.run(upgrade, MAY_WRITE, Pulse.NONE, List.of()));
        Eventually.holds(() -> history().newest().filter(Revision::pending).isPresent());
        ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().commandLine().orElse("").contains("upgrade")
                        && p.info().commandLine().orElse("").contains(target.release()))
                .forEach(ProcessHandle::destroyForcibly);
        running.join();
    }
}
