package dev.slipway.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final byte[] TEXT = {0, -1, 'a'};
    private static final Digest DIGEST = Digests.sha256(TEXT);

    private final Postgres postgres = Postgres.fresh();
    private final Database database = new Database(postgres.owner());
    private final Documents documents = new Documents(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsKeptComesBackByteForByteAndTheKindsDoNotMix() {
        documents.keep(Documents.Kind.BUNDLE, DIGEST, TEXT);

        assertThat(documents.find(Documents.Kind.BUNDLE, DIGEST)).hasValue(TEXT);
        assertThat(documents.find(Documents.Kind.DIFF, DIGEST)).isEmpty();
    }

    @Test
    void whatIsKeptOnceIsNeverChanged() {
        documents.keep(Documents.Kind.BUNDLE, DIGEST, TEXT);
        documents.keep(Documents.Kind.BUNDLE, DIGEST, "other".getBytes(StandardCharsets.UTF_8));

        assertThat(documents.find(Documents.Kind.BUNDLE, DIGEST)).hasValue(TEXT);
        assertThat(postgres.rows("postgres", "select kind, digest from documents"))
                .containsExactly("bundle " + DIGEST);
    }

    @Test
    void whatIsLargerThanADiffMayBeIsRefused() {
        byte[] large = new byte[(8 << 20) + 1];

        assertThatThrownBy(() -> documents.keep(Documents.Kind.DIFF, DIGEST, large))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("violates check constraint");
    }
}
