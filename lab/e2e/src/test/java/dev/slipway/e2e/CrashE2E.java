package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CrashE2E {

    @Test
    void aReleaseGoesOnWithNewWorkersWhenTheyAreKilledInARamp() throws IOException {
        StandIn before = StandIn.built("1.0.0");
        StandIn good = StandIn.built("1.1.0");
        String stages = Stages.canary("production", Stages.approve(), "50%", Stages.soak("8s", 20));
        try (Service service = Service.named("kill", stages)) {
            service.baseline("production", before);
            Load load = Load.begin(service.host("production"), 20);
            Shell.Running releasing = Cli.ci().start(service.releaseArguments(good));
            Cli.ci().awaitPhase(service.release("1.1.0"), "WAITING", Duration.ofMinutes(5));
            Cli.approver().run("approve", service.release("1.1.0"));
            service.awaitShare("production", 50);

            kill("worker-control");
            kill("worker-production");
            Shell.of("lab/slipway", "up").must();
            Shell.Result released = releasing.await();
            JsonNode counted = load.end();

            assertThat(released.exit()).as("%s", released).isZero();
            assertThat(counted.path("failed").asLong()).as("%s", counted).isZero();
            assertThat(service.imageOf("production", service.name())).contains(good.digest());
            assertThat(service.helmHistory("production", service.name())).hasSize(2);
            assertThat(helmProcesses()).isZero();
        }
    }

    private static void kill(String name) throws IOException {
        String pid = Files.readString(Path.of(Lab.need("SLIPWAY_RUN"), name + ".pid"))
                .strip();
        Shell.of("kill", "-9", pid).must();
    }

    /** Processes whose program is the lab's helm. */
    private static long helmProcesses() {
        String helm = Lab.need("HELM");
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().command().map(helm::equals).orElse(false))
                .count();
    }
}
