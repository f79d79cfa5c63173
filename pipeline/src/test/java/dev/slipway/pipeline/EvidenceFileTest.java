package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.Report;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceFileTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Digest IMAGE = new Digest("sha256:" + "a".repeat(64));
    private static final Digest CHART = new Digest("sha256:" + "b".repeat(64));
    private static final String ENTRY = """
            {
              "name": "unit-tests",
              "status": "passed",
              "subject": "%s",
              "url": "https://ci.example.com/runs/17",
              "producedAt": "2026-11-22T09:00:00+01:00",
              "details": { "tests": 512, "flaky": [ { "name": "x" } ] }
            }""".formatted(IMAGE);
    private static final String FILE = "[\n" + ENTRY + "\n]";

    @Test
    void readsWhatItSaysAndKeepsTheDigestOfTheRest() {
        assertThat(read(FILE).orElseThrow())
                .containsExactly(new Report(
                        "unit-tests",
                        Report.Status.PASSED,
                        IMAGE,
                        "https://ci.example.com/runs/17",
                        Instant.parse("2026-11-22T08:00:00Z"),
                        Digests.sha256(ENTRY.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void urlAndDetailsMayBeLeftOut() {
        String bare = FILE.replaceAll(",\\s*\"details\".*", "").replaceAll("\"url\".*,", "");

        assertThat(read(bare).orElseThrow()).extracting(Report::url).containsExactly("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"unit-tests\" | \"Unit Tests\" | 3:11: 'name' must be lower-case letters, digits and '-', at most 40, not 'Unit Tests'",
                "\"unit-tests\" | 7 | 3:11: 'name' must be a text",
                "\"name\" | \"nmae\" | 2:1: 'name' is missing; 3:3: unknown key 'nmae'; did you mean 'name'?",
                "\"passed\" | \"PASSED\" | 4:13: 'status' is passed or failed, not 'PASSED'",
                "\"passed\" | \"ok\" | 4:13: 'status' is passed or failed, not 'ok'",
                "\"sha256:a | \"sha1:a | 5:14: 'subject' must be the digest of the image or the chart",
                "\"sha256:a | \"sha256:c | 5:14: 'subject' is neither the image of this release (sha256:aaa",
                "https://ci | ftp://ci | 6:10: 'url' must be an address that begins with https:// or http://",
                "https://ci | javascript:ci | 6:10: 'url' must be an address that begins with https:// or http://",
                "https://ci | https://ci:secret@ci | 6:10: 'url' must not hold a user or a password",
                "\"2026-11-22T09:00:00+01:00\" | \"yesterday\" | 7:17: 'producedAt' must be a time such as 2026-11-21T09:00:00Z, not 'yesterday'",
                "09:00:00+01:00 | 10:05:01Z | 7:17: 'producedAt' (2026-11-22T10:05:01Z) is in the future; here it is 2026-11-22T10:00:00Z",
                "\"passed\", | \"passed\" | 5:3: this is no JSON: Unexpected character",
                "\"status\": \"passed\" | \"name\": \"x\", \"status\": \"passed\" | this is no JSON: Duplicate Object property \"name\"",
            })
    void saysWhatIsWrongWhereAndWhatToWrite(String replace, String with, String says) {
        String wrong = FILE.replace(replace.replace("\\n", "\n"), with);
        assertThat(wrong).isNotEqualTo(FILE);

        List<Problem> problems = read(wrong).problems();

        assertThat(problems.stream()
                        .map(problem -> problem.toString().replace("evidence.json:", ""))
                        .collect(Collectors.joining("; ")))
                .contains(says);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "[]", "{}", "null", "[1]", "[[]]", "[{}]", "[", "[{", "\u0000", "[] []"})
    void whatIsNoEvidenceIsRefused(String text) {
        assertThat(read(text).problems()).isNotEmpty();
    }

    @Test
    void theSameNameTwiceForOneArtifactIsRefusedForTwoItIsNot() {
        String other = ENTRY.replace(IMAGE.value(), CHART.value());

        assertThat(read("[" + ENTRY + "," + other + "]").orElseThrow()).hasSize(2);
        assertThat(read("[" + ENTRY + ",\n" + ENTRY.replace("passed", "failed") + "]")
                        .problems())
                .singleElement()
                .asString()
                .contains(":9:1: 'unit-tests' for " + IMAGE + " is here twice");
    }

    @Test
    void tooMuchIsRefused() {
        String many = IntStream.range(0, 51)
                .mapToObj(i -> ENTRY.replace("unit-tests", "t" + i))
                .collect(Collectors.joining(",", "[", "]"));
        String large = "[" + ENTRY.replace("512", "\"" + "x".repeat(EvidenceFile.LARGEST) + "\"") + "]";

        assertThat(read(many).problems()).singleElement().asString().endsWith("it has 51 entries, and may have 50");
        assertThat(read(large).problems()).singleElement().asString().endsWith("and may have 65536");
    }

    private static Checked<List<Report>> read(String text) {
        return EvidenceFile.read(
                "evidence.json", text.getBytes(StandardCharsets.UTF_8), NOW, new Subjects(IMAGE, CHART));
    }
}
