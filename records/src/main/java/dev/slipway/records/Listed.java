package dev.slipway.records;

import dev.slipway.model.ReleaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A release in a list, as it was when its latest fact was told.
 *
 * @param startedAt when it is not known: when it was last heard of
 */
public record Listed(
        ReleaseId release,
        int attempt,
        String phase,
        @Nullable String outcome,
        String waitingFor,
        String requestedBy,
        Instant startedAt,
        @Nullable Instant endedAt) {
    static Listed of(ResultSet row) throws SQLException {
        Instant started = Rows.instant(row, "started_at");
        return new Listed(
                ReleaseId.parse(row.getString("release")),
                row.getInt("attempt"),
                row.getString("phase"),
                row.getString("outcome"),
                row.getString("waiting_for"),
                row.getString("requested_by"),
                started == null ? Rows.moment(row, "updated_at") : started,
                Rows.instant(row, "ended_at"));
    }
}
