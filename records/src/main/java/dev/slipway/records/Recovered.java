package dev.slipway.records;

import dev.slipway.audit.Entry;
import dev.slipway.audit.Keepable;
import dev.slipway.model.Fact;
import dev.slipway.model.Recovery;
import dev.slipway.model.ReleaseId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** How a recovery was when its latest fact was told; what it says of the stage that was gone counts in the registry. */
record Recovered(Recovery recovery) implements Subject {
    @Override
    public String run() {
        return recovery.runId();
    }

    @Override
    public ReleaseId release() {
        return recovery.release();
    }

    @Override
    public int attempt() {
        return recovery.attempt();
    }

    @Override
    public void begin(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into recoveries (run_id, release, service, version, attempt, environment, gone_run_id, requested_by,
                    state, reason, view, started_at, head)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?::jsonb, ?, ?)
                on conflict (run_id) do nothing
                """)) {
            Rows.set(
                    insert,
                    run(),
                    release().toString(),
                    release().service().value(),
                    release().version().value(),
                    attempt(),
                    recovery.stage().environment().value(),
                    recovery.goneRun(),
                    Keepable.text(recovery.requestedBy()),
                    recovery.stage().state(),
                    Json.text(recovery.stage()),
                    Rows.time(recovery.startedAt()),
                    Entry.NONE);
            insert.executeUpdate();
        }
    }

    @Override
    public PreparedStatement head(Connection connection) throws SQLException {
        return connection.prepareStatement("select facts, head from recoveries where run_id = ? for update");
    }

    @Override
    public void write(Connection connection, List<Fact> facts, Entry last) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update recoveries set state = ?, outcome = ?, reason = ?, view = ?::jsonb, ended_at = ?, facts = ?, head = ?,
                    updated_at = now()
                where run_id = ?
                """)) {
            Rows.set(
                    update,
                    recovery.stage().state(),
                    recovery.stage().outcome(),
                    Keepable.text(recovery.stage().reason()),
                    Json.text(recovery.stage()),
                    Rows.time(recovery.endedAt()),
                    last.number(),
                    last.hash(),
                    run());
            update.executeUpdate();
        }
    }
}
