package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.EnvironmentName;
import dev.slipway.workflows.api.HelmTarget;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelmCliTest {
    private static final Mark MARK =
            new Mark("slipway p@1 attempt 1 dev STABLE", "run-1", 4, "2", "w1", OptionalInt.empty());

    @Test
    void upgradeIsOneTokenPerFlagAndPositionalsAfterTheDashes() {
        Chart chart = new Chart(Path.of("/b/chart"), Values.empty().over("password: values-canary"));
        HelmCommand command = HelmCli.upgrade(target("podinfo", "dev"), chart, MARK, 3, Duration.ofMinutes(5), 10);
        assertThat(command.arguments())
                .containsExactly(
                        "upgrade",
                        "--description=slipway p@1 attempt 1 dev STABLE run=run-1 epoch=4 prior=2 writer=w1",
                        "--hide-notes=true",
                        "--history-max=10",
                        "--install=true",
                        "--labels=slipway.dev/run=run-1,slipway.dev/epoch=4,slipway.dev/writer=w1,slipway.dev/revision=3",
                        "--namespace=dev",
                        "--skip-crds=true",
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
        HelmCommand command = HelmCli.rollback(target("podinfo", "dev"), 7, MARK, Duration.ofMinutes(1), Hooks.RUN);
        assertThat(command.arguments()).contains("--history-max=0", "--wait=hookOnly");
        assertThat(command.arguments()
                        .subList(
                                command.arguments().indexOf("--"),
                                command.arguments().size()))
                .isEqualTo(List.of("--", "podinfo", "7"));
        assertThat(command.stoppable()).isFalse();
    }

    @Test
    void anUndoRunsNoHooksUnlessItIsToldTo() {
        HelmTarget target = target("podinfo", "dev");
        Duration limit = Duration.ofMinutes(1);
        assertThat(HelmCli.rollback(target, 7, MARK, limit, Hooks.SKIP).arguments())
                .contains("--no-hooks=true");
        assertThat(HelmCli.rollback(target, 7, MARK, limit, Hooks.RUN).arguments())
                .doesNotContain("--no-hooks=true");
        assertThat(HelmCli.uninstall(target, limit, Hooks.SKIP).arguments()).contains("--no-hooks=true");
        assertThat(HelmCli.uninstall(target, limit, Hooks.RUN).arguments()).doesNotContain("--no-hooks=true");
    }

    @Test
    void anUpgradeWithHooksIsNeverStoppedAndOneWithoutIs(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("templates"));
        Files.writeString(folder.resolve("templates/all.yaml"), "kind: ConfigMap\n");
        assertThat(upgrade(folder).stoppable()).isTrue();
        Files.writeString(folder.resolve("templates/job.yaml"), "annotations: { helm.sh/hook: pre-upgrade }\n");
        assertThat(upgrade(folder).stoppable()).isFalse();
        assertThat(upgrade(folder).limit()).isGreaterThan(Duration.ofMinutes(40));
    }

    private static HelmCommand upgrade(Path chart) {
        return HelmCli.upgrade(
                target("podinfo", "dev"), new Chart(chart, Values.empty()), MARK, 3, Duration.ofMinutes(5), 10);
    }

    @Test
    void crdsAreNeverInstalledAndHelmNeverRollsBackByItself(@TempDir Path folder) {
        assertThat(upgrade(folder).arguments())
                .contains("--skip-crds=true", "--wait=hookOnly")
                .noneMatch(argument -> argument.startsWith("--rollback-on-failure")
                        || argument.startsWith("--atomic")
                        || argument.startsWith("--force"));
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
