package dev.slipway.records;

import dev.slipway.audit.Entry;
import dev.slipway.model.Evidence;
import dev.slipway.model.Fact;
import dev.slipway.model.ReleaseId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between values and columns. */
final class Rows {
    private static final String ENTRY = "select facts.* from facts ";

    private Rows() {}

    static void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Of a column that is never null. */
    static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Of a run, from this number on. */
    static List<Entry> entries(Connection connection, String run, long first) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(ENTRY + "where run_id = ? and number >= ? order by number")) {
            set(select, run, first);
            return all(select, Rows::entry);
        }
    }

    /** Of all attempts of a release and the recoveries of its stages, the earliest first. */
    static List<Entry> entries(Connection connection, ReleaseId release) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ENTRY + """
                left join attempts a using (run_id)
                left join recoveries r using (run_id)
                where facts.release = ?
                order by coalesce(a.started_at, r.started_at), run_id, number
                """)) {
            set(select, release.toString());
            return all(select, Rows::entry);
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString("run_id"),
                row.getLong("number"),
                ReleaseId.parse(row.getString("release")),
                row.getInt("attempt"),
                moment(row, "at"),
                row.getString("environment"),
                Fact.Kind.valueOf(row.getString("kind")),
                row.getString("what"),
                Json.map(row.getString("details")),
                Json.list(row.getString("evidence"), Evidence.class),
                row.getString("previous"),
                row.getString("hash"));
    }

    /** What a row says. */
    @FunctionalInterface
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    static <T> List<T> all(PreparedStatement select, Reading<T> reading) throws SQLException {
        List<T> all = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                all.add(reading.of(row));
            }
        }
        return all;
    }
}
