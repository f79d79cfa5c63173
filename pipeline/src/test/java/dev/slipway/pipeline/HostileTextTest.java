package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileTextTest {
    @Test
    void refusesAFloodOfAliases() {
        assertThat(Platform.problems("a: &a [x]\nb: [" + "*a, ".repeat(51) + "*a]"))
                .containsExactly("release.yaml:2:205: more than 50 aliases");
    }

    @Test
    void refusesFewAliasesThatExpandToMany() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 8; i++) {
            yaml.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + " ,").repeat(6) + "]\n");
        }

        assertThat(Platform.problems(yaml.toString()))
                .containsExactly("release.yaml:1:1: the aliases of the file expand to more than 10000 values");
    }

    @Test
    void refusesAnAliasOfItself() {
        assertThat(Platform.problems("service: &a [*a]"))
                .containsExactly("release.yaml:1:1: the aliases of the file expand to more than 10000 values");
    }

    @Test
    void refusesDeepNestingWithoutDescendingIntoIt() {
        assertThat(Platform.problems("a: " + "[".repeat(200_000)))
                .containsExactly("release.yaml:1:33: nested deeper than 30 levels");
    }

    @Test
    void refusesAFileThatNobodyWroteByHand() {
        assertThat(Platform.problems("#".repeat(300_000)))
                .containsExactly("release.yaml:1:1: the file has 300000 bytes, at most 262144 are read");
    }

    @Test
    void refusesWhatIsNotText() {
        assertThat(PipelineReader.read("release.yaml", "a: \u00fc".getBytes(StandardCharsets.ISO_8859_1))
                        .problems())
                .extracting(Problem::toString)
                .containsExactly("release.yaml:1:1: the file is not UTF-8 text; save it as UTF-8");
        assertThat(Platform.problems("a: b\nc: \u0007"))
                .containsExactly("release.yaml:2:4: the control character U+0007 is not allowed");
    }

    @Test
    void saysWhatAnEmptyFileNeeds() {
        assertThat(Platform.problems("# nothing yet\n"))
                .containsExactly("release.yaml:1:1: the file is empty; begin with apiVersion: slipway.dev/v1");
    }

    @Test
    void showsNothingThatATerminalObeys() {
        String yaml = Platform.resource("base.yaml").replace("service: podinfo", "service: \"\\e[31m\\u202e\\n\"");

        assertThat(Platform.problems(yaml))
                .hasSize(1)
                .allSatisfy(problem -> assertThat(problem).doesNotContainPattern("[\\p{Cntrl}\\p{Cf}]"));
    }

    @Test
    void answersWithProblemsWhateverIsBrokenInAGoodFile() {
        Random random = new Random(42);
        String good = Platform.example();
        List<String> bits = List.of(
                "", " ", ":", "-", "{", "}", "[", "]", "'", "\"", "\n", "\t", "#", "&a", "*a", "!", "%", "null", "0");
        for (int i = 0; i < 1_000; i++) {
            StringBuilder yaml = new StringBuilder(good);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(yaml.length());
                int end = Math.min(yaml.length(), at + random.nextInt(4));
                yaml.replace(at, end, bits.get(random.nextInt(bits.size())));
            }

            Checked<Pipeline> read = Platform.read(yaml.toString());

            assertThat(read.problems().isEmpty()).isEqualTo(read.value().isPresent());
        }
    }
}
