package dev.slipway.records;

import dev.slipway.audit.Entry;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what is known of releases; every method throws {@link Unavailable} when the database does not answer. */
public final class Archive {
    private static final int MOST = 1000;

    private final Database database;

    public Archive(Database database) {
        this.database = database;
    }

    /**
     * An attempt as it was when its latest fact was told.
     *
     * @param view without links
     * @param kept when that was kept
     */
    public record Recorded(ReleaseView view, Instant kept) {}

    /** The latest attempt; empty when nothing is known of the release. */
    public Optional<Recorded> latest(ReleaseId release) {
        return attempts(
                        "select view, updated_at from attempts where release = ? order by started_at desc nulls last limit 1",
                        release.toString())
                .stream()
                .findFirst();
    }

    /**
     * The latest attempt of each version, newest first, at most 1000.
     *
     * @param service null for any
     * @param environment releases that have reached it; null for any
     */
    public List<Recorded> list(@Nullable String service, @Nullable String environment) {
        return attempts("""
                select view, updated_at from (
                    select distinct on (release) * from attempts
                    where (?::text is null or service = ?)
                    order by release, started_at desc nulls last
                ) a
                where ?::text is null or exists (
                    select from stages s
                    join attempts b on b.run_id = s.run_id
                    where b.release = a.release and s.environment = ? and s.state <> 'PENDING')
                order by started_at desc nulls last limit ?
                """, service, service, environment, environment, MOST);
    }

    /** All facts of a release, attempt by attempt. */
    public List<Entry> facts(ReleaseId release) {
        return database.transact(connection -> Rows.entries(connection, release));
    }

    /**
     * What runs where.
     *
     * @param service null for any
     * @param environment null for any
     */
    public List<Registered> registry(@Nullable String service, @Nullable String environment) {
        return database.transact(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select * from model_registry_entries
                    where (?::text is null or name = ?) and (?::text is null or deployment_environment = ?)
                    order by name, deployment_environment
                    """)) {
                Rows.set(select, service, service, environment, environment);
                return registered(select);
            }
        });
    }

    private static List<Registered> registered(PreparedStatement select) throws SQLException {
        List<Registered> entries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                entries.add(Registered.of(row));
            }
        }
        return entries;
    }

    private List<Recorded> attempts(String query, @Nullable Object... values) {
        return database.transact(connection -> {
            try (PreparedStatement select = connection.prepareStatement(query)) {
                Rows.set(select, values);
                return recorded(select);
            }
        });
    }

    private static List<Recorded> recorded(PreparedStatement select) throws SQLException {
        List<Recorded> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Instant kept = row.getObject("updated_at", java.time.OffsetDateTime.class)
                        .toInstant();
                found.add(new Recorded(Json.as(row.getString("view"), ReleaseView.class), kept));
            }
        }
        return found;
    }
}
