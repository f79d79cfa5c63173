package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.EnvironmentName;
import dev.slipway.workflows.api.HelmTarget;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelmCliTest {
    private static final Mark MARK =
            new Mark("slipway p@1 attempt 1 dev STABLE", "run-1", 4, "2", "w1", OptionalInt.empty());

    @Test
    void upgradeIsOneTokenPerFlagAndPositionalsAfterTheDashes() {
        byte[] values = "{\"password\":\"values-canary\"}".getBytes(StandardCharsets.UTF_8);
        HelmCommand command = HelmCli.upgrade(
                target("podinfo", "dev"), Path.of("/b/chart"), values, MARK, 3, Duration.ofMinutes(5), 10);
        assertThat(command.arguments())
                .containsExactly(
                        "upgrade",
                        "--description=slipway p@1 attempt 1 dev STABLE run=run-1 epoch=4 prior=2 writer=w1",
                        "--hide-notes=true",
                        "--history-max=10",
                        "--install=true",
                        "--labels=slipway.dev/run=run-1,slipway.dev/epoch=4,slipway.dev/writer=w1,slipway.dev/revision=3",
                        "--namespace=dev",
                        "--timeout=300s",
                        "--values=-",
                        "--wait=hookOnly",
                        "--",
                        "podinfo",
                        "/b/chart");
        assertThat(String.join(" ", command.arguments())).doesNotContain("values-canary");
    }

    @Test
    void rollbackNamesItsRevisionAndPrunesNothing() {
        HelmCommand command = HelmCli.rollback(target("podinfo", "dev"), 7, MARK, Duration.ofMinutes(1));
        assertThat(command.arguments()).contains("--history-max=0", "--wait=hookOnly");
        assertThat(command.arguments()
                        .subList(
                                command.arguments().indexOf("--"),
                                command.arguments().size()))
                .isEqualTo(List.of("--", "podinfo", "7"));
        assertThat(command.stoppable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-x",
                "--post-renderer=/bin/sh",
                "--kubeconfig=/tmp/x",
                "--set",
                "a b",
                "a\u0000b",
                "a\nb",
                "\u2010x",
                "A",
                "a.b",
                "a/b",
                "../a",
                "a,b",
                "",
                "$(id)",
                "a;b",
                "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcd-0123456789-0123456789"
            })
    void namesThatCouldMeanSomethingElseAreRefused(String name) {
        assertRefused(target(name, "dev"));
        assertRefused(target("podinfo", name));
    }

    private static void assertRefused(HelmTarget target) {
        assertThatThrownBy(() -> HelmCli.history(target)).isInstanceOfSatisfying(ApplicationFailure.class, f -> {
            assertThat(f.getType()).isEqualTo("INVALID_INPUT");
            assertThat(f.getOriginalMessage()).doesNotContain("\n").doesNotContain("\u0000");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,slipway.dev/x=y", "a=b", "-x", "a b", "a\nb", "", "a:b", "a@b"})
    void runsThatWouldBecomeOtherLabelsAreRefused(String run) {
        Mark mark = new Mark("", run, 1, "none", "w", OptionalInt.empty());
        assertThatThrownBy(() -> mark.labels(1)).isInstanceOf(ApplicationFailure.class);
    }

    @Test
    void noPositionalHoldsAControlCharacter() {
        assertThatThrownBy(() -> HelmCli.template(target("a", "b"), Path.of("/b/ch\nart"), new byte[0]))
                .isInstanceOf(ApplicationFailure.class);
    }

    private static HelmTarget target(String release, String namespace) {
        return new HelmTarget(new EnvironmentName("development"), namespace, release);
    }
}
