package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WrongFilesE2E {

    @Test
    void aWrongFileIsRefusedWithItsLineBeforeAnythingExists() throws IOException {
        StandIn good = StandIn.built("1.1.0");
        try (Service service = Service.named("wrong", Stages.canary("development", "", "50%, 25%", ""))) {
            Shell.Result released = Cli.ci().run(service.releaseArguments(good));

            assertThat(released.exit()).as("%s", released).isEqualTo(3);
            assertThat(released.err())
                    .containsPattern("release\\.yaml:\\d+:\\d+: ")
                    .contains("25%");
            assertThat(Cli.ci().run("get", service.release("1.1.0")).exit()).isEqualTo(5);
        }
    }

    @Test
    void whatTheServerAloneKnowsIsRefusedWithItsLineToo() throws IOException {
        StandIn good = StandIn.built("1.1.0");
        try (Service service = Service.named("order", Stages.rolling("production", ""))) {
            Shell.Result released = Cli.ci().run(service.releaseArguments(good));

            assertThat(released.exit()).as("%s", released).isEqualTo(3);
            assertThat(released.err())
                    .containsPattern("release\\.yaml:\\d+:\\d+: ")
                    .contains("production");
            assertThat(Files.exists(Path.of(service.pipelineFile().toString()))).isTrue();
        }
    }
}
