package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "validate",
                "plan",
                "release",
                "get",
                "explain",
                "diff",
                "approve",
                "reject",
                "abort",
                "pause",
                "resume",
                "retry-undo",
                "accept-as-is",
                "registry",
                "audit",
                "keys",
                "recover",
                "attest"
            })
    void everyCommandExplainsItselfWithExitCodesAndAnExample(String command) {
        Run run = Run.slipway(command, "--help");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith("Usage: slipway " + command)
                .contains("13   stopped waiting, the release still runs (--timeout)")
                .contains("  slipway " + command + " ")
                .doesNotContain("null");
        assertThat(run.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollback", "doctor"})
    void whatComesLaterIsNotShownAndSaysSo(String command) {
        assertThat(Run.slipway("--help").out()).doesNotContain(command);
        assertThat(Run.slipway(command, "podinfo@6.9.2", "--environment", "production"))
                .isEqualTo(
                        new Run(2, "", "error: slipway " + command + " is not supported yet\nnext: slipway --help\n"));
    }

    @Test
    void withoutACommandItShowsTheCommands() {
        Run run = Run.slipway();

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Commands:");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertThat(Run.slipway("aprove", "podinfo@6.9.2").err())
                .contains("did you mean")
                .contains("approve");
    }

    @Test
    void aFileIsNeverReadForArguments() {
        assertThat(Run.slipway("get", "@/etc/hostname").err()).contains("'' is not a service name");
    }

    @Test
    void knowsItsVersion() {
        assertThat(Run.slipway("--version").out()).matches("slipway [0-9].*\nJava .*\n");
    }

    @Test
    void completesInTheShell() {
        assertThat(Run.slipway("generate-completion").out())
                .contains("retry-undo")
                .contains("--image-digest");
    }
}
