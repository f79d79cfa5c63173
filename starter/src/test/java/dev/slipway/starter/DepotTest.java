package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.records.Access;
import dev.slipway.records.Database;
import dev.slipway.records.Documents;
import dev.slipway.records.Postgres;
import dev.slipway.records.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where bundles and diffs are, while the database is there, away and back again. */
class DepotTest {
    private static final byte[] TEXT = "-a\n+b\n".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digests.sha256(TEXT);

    @TempDir
    Path data;

    @TempDir
    Path other;

    private final Postgres postgres = Postgres.fresh();
    private final Database database = new Database(postgres.owner());
    private final Database away =
            new Database(new Access("jdbc:postgresql://127.0.0.1:1/slipway", "postgres", null, true));

    @AfterEach
    void close() {
        database.close();
        away.close();
    }

    @Test
    void anotherStarterReadsWhatOneHasKept() {
        depot(data, database).keep(DIGEST, () -> TEXT);

        assertThat(depot(other, database).read(DIGEST)).hasValue(TEXT);
    }

    @Test
    void withoutRecordsTheFolderIsAllThereIs() {
        new Depot(data, Documents.Kind.DIFF, ".diff", Optional.empty(), DepotTest::whole).keep(DIGEST, () -> TEXT);

        assertThat(data.resolve("diffs").resolve(DIGEST.hex() + ".diff")).exists();
        assertThat(new Depot(data, Documents.Kind.DIFF, ".diff", Optional.empty(), DepotTest::whole).read(DIGEST))
                .hasValue(TEXT);
    }

    @Test
    void whileTheDatabaseIsAwayItIsKeptHereAndBroughtThereLater() {
        depot(data, away).keep(DIGEST, () -> TEXT);
        assertThat(depot(data, away).read(DIGEST)).hasValue(TEXT);
        assertThat(depot(other, database).read(DIGEST)).isEmpty();
        assertThatThrownBy(() -> depot(data, away).moveIn()).isInstanceOf(Unavailable.class);

        assertThat(depot(data, database).moveIn()).isOne();

        assertThat(depot(other, database).read(DIGEST)).hasValue(TEXT);
        assertThat(depot(data, database).moveIn()).as("nothing waits any more").isZero();
    }

    @Test
    void whatWasThereBeforeThereWereRecordsIsReadAndMovedIn() throws IOException {
        Path file = Files.createDirectories(data.resolve("diffs")).resolve(DIGEST.hex() + ".diff");
        Files.write(file, TEXT);
        Files.writeString(data.resolve("diffs").resolve("notes.txt"), "somebody else's");
        Depot depot = depot(data, database);
        assertThat(depot.read(DIGEST)).hasValue(TEXT);

        assertThat(depot.moveIn()).isOne();

        assertThat(file).doesNotExist();
        assertThat(new Documents(database).find(Documents.Kind.DIFF, DIGEST)).hasValue(TEXT);
    }

    @Test
    void whatWasReadOnceIsThereWhileTheDatabaseIsAway() {
        depot(other, database).keep(DIGEST, () -> TEXT);
        depot(data, database).read(DIGEST);

        assertThat(depot(data, away).read(DIGEST)).hasValue(TEXT);
    }

    @Test
    void whileTheDatabaseIsAwayNobodySaysThatThereIsNone() {
        assertThatThrownBy(() -> depot(data, away).read(DIGEST)).isInstanceOf(Unavailable.class);
        assertThat(depot(data, database).read(DIGEST)).isEmpty();
    }

    @Test
    void anotherContentThanTheDigestSaysIsNeverGivenOut() throws IOException {
        new Documents(database).keep(Documents.Kind.DIFF, DIGEST, "-a\n+x\n".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> depot(data, database).read(DIGEST))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("the diff " + DIGEST + " in the records is another one");

        depot(other, away).keep(DIGEST, () -> TEXT);
        Files.writeString(other.resolve("diffs").resolve(DIGEST.hex() + ".diff"), "cut of");
        assertThat(depot(other, database).moveIn()).as("what is damaged stays").isZero();
        assertThatThrownBy(() -> depot(other, away).read(DIGEST)).isInstanceOf(Unavailable.class);
    }

    @Test
    void aCacheForgetsAndTheRecordsDoNot() {
        Depot depot = depot(data, database);
        depot.keep(DIGEST, () -> TEXT);
        Path cached = data.resolve("cache").resolve("diffs").resolve(DIGEST.hex() + ".diff");
        depot.trim(Instant.now());
        assertThat(cached).exists();

        depot.trim(Instant.now().plus(Duration.ofDays(31)));

        assertThat(cached).doesNotExist();
        assertThat(depot.read(DIGEST)).hasValue(TEXT);
    }

    private static Depot depot(Path folder, Database records) {
        return new Depot(folder, Documents.Kind.DIFF, ".diff", Optional.of(new Documents(records)), DepotTest::whole);
    }

    private static boolean whole(Digest digest, byte[] content) {
        return Digests.sha256(content).equals(digest);
    }
}
