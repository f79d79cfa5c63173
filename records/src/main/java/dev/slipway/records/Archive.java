package dev.slipway.records;

import dev.slipway.audit.Entry;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
        return database.transact(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select view, updated_at from attempts where release = ?
                    order by started_at desc nulls last limit 1
                    """)) {
                Rows.set(select, release.toString());
                return Rows.all(select, Archive::recorded).stream().findFirst();
            }
        });
    }

    /**
     * The latest attempt of each version, newest first, at most 1000.
     *
     * @param service null for any
     * @param environment releases that have reached it; null for any
     */
    public List<Listed> list(@Nullable String service, @Nullable String environment) {
        return database.transact(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select * from (
                        select distinct on (release) * from attempts
                        where ?::text is null or service = ?
                        order by release, started_at desc nulls last
                    ) a
                    where ?::text is null or exists (
                        select from stages s
                        join attempts b on b.run_id = s.run_id
                        where b.release = a.release and s.environment = ? and s.state <> 'PENDING')
                    order by started_at desc nulls last limit ?
                    """)) {
                Rows.set(select, service, service, environment, environment, MOST);
                return Rows.all(select, Listed::of);
            }
        });
    }

    /** All facts of a release, attempt by attempt, and of the recoveries of its stages. */
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
                return Rows.all(select, Registered::of);
            }
        });
    }

    private static Recorded recorded(ResultSet row) throws SQLException {
        return new Recorded(Json.as(row.getString("view"), ReleaseView.class), Rows.moment(row, "updated_at"));
    }
}
