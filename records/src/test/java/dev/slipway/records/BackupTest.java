package dev.slipway.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.audit.Chain;
import dev.slipway.audit.Entry;
import dev.slipway.audit.Verifier;
import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backup of docs/records.md, with the real tools. */
class BackupTest {
    private static final byte[] BUNDLE = {0, 1, -1};
    private static final Digest DIGEST = Digests.sha256(BUNDLE);
    private static final ReleaseId RELEASE = ReleaseId.parse("podinfo@1.0.0");

    @TempDir
    Path folder;

    @Test
    void afterARestoreTheChainIsWholeAndBundlesAreBack() throws Exception {
        assumeThat(found("pg_dump") && found("pg_restore"))
                .as("pg_dump and pg_restore are on this machine")
                .isTrue();
        Postgres before = Postgres.fresh();
        Postgres after = Postgres.fresh();
        Path dump = folder.resolve("slipway.dump");
        try (Database database = new Database(before.owner())) {
            append(new Journal(database), 1, 4);
            new Documents(database).keep(Documents.Kind.BUNDLE, DIGEST, BUNDLE);
        }

        run("pg_dump", "--schema=slipway", "--format=custom", "--file=" + dump, before.uri());
        run("pg_restore", "--no-owner", "--no-acl", "--exit-on-error", "--dbname=" + after.uri(), dump.toString());

        try (Database database = new Database(after.owner())) {
            assertThat(verified(database))
                    .singleElement()
                    .extracting(Chain::facts)
                    .isEqualTo(4L);
            assertThat(new Documents(database).find(Documents.Kind.BUNDLE, DIGEST))
                    .hasValue(BUNDLE);
            append(new Journal(database), 5, 6);
            assertThat(verified(database))
                    .as("and goes on")
                    .singleElement()
                    .extracting(Chain::facts)
                    .isEqualTo(6L);
            assertThat(new Archive(database).registry(null, null)).hasSize(1);
        }
        assertThat(after.rows("postgres", "select count(*) from forget(now() - interval '1 year')"))
                .containsExactly("0");
    }

    private static void append(Journal journal, int first, int last) {
        List<Fact> facts = Stream.iterate(first, number -> number + 1)
                .limit(last - first + 1)
                .map(number -> Told.fact(number, "production", Fact.Kind.JUDGED, "fact " + number))
                .toList();
        journal.append(
                "run-1",
                first,
                facts,
                Told.view("podinfo@1.0.0", 1, 0, Phase.DONE, "PROMOTED", Told.stage("production", "DONE", "PROMOTED")));
    }

    private static List<Chain> verified(Database database) throws Exception {
        Verifier verifier = new Verifier();
        for (Entry entry : new Archive(database).facts(RELEASE)) {
            verifier.read(Json.text(entry).getBytes(StandardCharsets.UTF_8));
        }
        return verifier.chains();
    }

    private static boolean found(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor()).as(() -> command[0] + ": " + text(said)).isZero();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
