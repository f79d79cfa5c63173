package dev.slipway.records;

import dev.slipway.model.Digest;
import java.sql.PreparedStatement;
import java.util.Locale;
import java.util.Optional;

/**
 * Bundles and diffs by their digest: each is added once and never changed. Whether content is what its digest says is for the one
 * who knows how it is made; both methods throw {@link Unavailable} when the database does not answer.
 */
public final class Documents {
    private final Database database;

    public Documents(Database database) {
        this.database = database;
    }

    /** What is kept; in the database in lower case. */
    public enum Kind {
        /** What a release is made of, packed. */
        BUNDLE,
        /** What a release would have changed in an environment, as text. */
        DIFF;

        /** As in the database, and for a person. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Keeps one, unless it is kept already; then its time is now, so that it is not deleted as an old one. */
    public void keep(Kind kind, Digest digest, byte[] content) {
        database.transact(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into documents (kind, digest, content) values (?, ?, ?)
                    on conflict (kind, digest) do update set kept_at = now()
                    """)) {
                Rows.set(insert, kind.word(), digest.value(), content);
                return insert.executeUpdate();
            }
        });
    }

    /** What is kept, empty when nothing is. */
    public Optional<byte[]> find(Kind kind, Digest digest) {
        return database.transact(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select content from documents where kind = ? and digest = ?")) {
                Rows.set(select, kind.word(), digest.value());
                return Rows.all(select, row -> row.getBytes("content")).stream().findFirst();
            }
        });
    }
}
