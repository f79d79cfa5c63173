package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseView;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
    static final ReleaseView RAMPING =
            Views.release(Phase.RUNNING, "", "", Views.passed("development"), Views.ramping(25, 5));
    static final ReleaseView ROLLED_BACK = Views.ended(
            "ROLLED_BACK",
            "ramp 5%: errors 21.3% of 160 requests bad, objective 99%",
            Views.passed("development"),
            Views.undone("ROLLED_BACK", "ALREADY_THERE", "revision 12 was never changed"));
    static final ReleaseView STUCK = Views.attempt(
            2,
            Views.release(
                    Phase.STUCK,
                    "retry-undo or accept-as-is",
                    "STABLE could not be put back",
                    Views.passed("development"),
                    Views.undone(null, "FAILED", "helm rollback to revision 12: context deadline exceeded")));

    static Stream<Arguments> drawsTheReleaseAsItStands() {
        return Stream.of(
                Arguments.of("ramping", RAMPING),
                Arguments.of("approval", Views.atApproval()),
                Arguments.of("rolled-back", ROLLED_BACK),
                Arguments.of("stuck", STUCK),
                Arguments.of(
                        "queued",
                        Views.release(
                                Phase.QUEUED,
                                "slot podinfo:development",
                                "another release runs in podinfo:development",
                                Views.pending("development"),
                                Views.pending("production"))));
    }

    @Test
    void saysWhoWroteItUnderWhoRequestedIt() {
        ReleaseView view = Views.writtenBy(RAMPING, "ann", "eve\u001b[2J@example.com");

        assertThat(Picture.full(view, Views.NOW, 100, false))
                .containsSubsequence(
                        "  requested by ci, started 2026-11-21T09:00:00Z, running for 10m00s",
                        "  written by   ann, eve[2J@example.com");
    }

    @ParameterizedTest
    @MethodSource
    void drawsTheReleaseAsItStands(String name, ReleaseView view) throws IOException {
        List<String> lines = Picture.full(view, Views.NOW, 100, false);

        assertThat(String.join("\n", lines) + "\n").isEqualTo(Golden.read(name + ".txt"));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 140})
    void noLineIsWiderThanTheScreen(int width) {
        for (ReleaseView view : List.of(RAMPING, ROLLED_BACK, STUCK, Views.atApproval())) {
            assertThat(Picture.full(view, Views.NOW, width, false))
                    .allSatisfy(line -> assertThat(Sheet.columns(line)).isLessThanOrEqualTo(width));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 12, 20})
    void fitsTheScreenAndSaysWhatIsLeftOut(int rows) {
        List<String> lines = Picture.fitted(RAMPING, Views.NOW, new Terminal.Size(100, rows), false);

        assertThat(lines).hasSizeLessThan(rows);
        assertThat(lines.get(0)).startsWith("podinfo@6.9.2");
        if (rows < 20) {
            assertThat(lines.get(lines.size() - 1)).contains("more lines");
        } else {
            assertThat(lines).anyMatch(l -> l.contains("ramp 25%")).noneMatch(l -> l.contains("revision 31"));
        }
    }

    @Test
    void coloursAddToTheWordsAndReplaceNone() {
        List<String> plain = Picture.full(STUCK, Views.NOW, 100, false);
        List<String> coloured = Picture.full(STUCK, Views.NOW, 100, true);

        assertThat(coloured).isNotEqualTo(plain);
        assertThat(coloured.stream()
                        .map(l -> l.replaceAll("\u001b\\[[0-9]+m", "").stripTrailing()))
                .isEqualTo(plain);
    }

    @Test
    void nothingFromTheServerReachesTheTerminalAsAControl() {
        ReleaseView hostile = Views.release(
                Phase.HOLDING,
                "resume\u001b]0;title\u0007",
                "first\r\nsecond\u001b[2J\u009b31m \u202etxt.exe\u2028third",
                Views.passed("development"));

        String picture = String.join("\n", Picture.full(hostile, Views.NOW, 100, false));

        assertThat(picture.replace("\n", "").codePoints()).noneMatch(SafeText::dangerous);
        assertThat(picture).contains("first second[2J31m txt.exe third");
    }
}
