package dev.slipway.records;

import dev.slipway.audit.Entry;
import dev.slipway.audit.Keepable;
import dev.slipway.model.Fact;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How an attempt and its stages were when their latest fact was told: what lists and the registry are read from. */
record Attempted(String run, ReleaseView view) implements Subject {
    @Override
    public ReleaseId release() {
        return view.release();
    }

    @Override
    public int attempt() {
        return view.attempt();
    }

    @Override
    public void begin(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into attempts (run_id, release, service, version, attempt, requested_by, chart_digest, image_digest,
                    values_digest, pipeline_digest, started_at, phase, reason, waiting_for, view, head)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', ?::jsonb, ?)
                on conflict (run_id) do nothing
                """)) {
            Rows.set(
                    insert,
                    run,
                    view.release().toString(),
                    view.service().value(),
                    view.version().value(),
                    view.attempt(),
                    Keepable.text(view.requestedBy()),
                    view.digests().chart().value(),
                    view.digests().image().value(),
                    view.digests().values().value(),
                    view.digests().pipeline().value(),
                    Rows.time(view.startedAt()),
                    view.phase().name(),
                    Json.text(view),
                    Entry.NONE);
            insert.executeUpdate();
        }
    }

    @Override
    public PreparedStatement head(Connection connection) throws SQLException {
        return connection.prepareStatement("select facts, head from attempts where run_id = ? for update");
    }

    @Override
    public void write(Connection connection, List<Fact> facts, Entry last) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update attempts set phase = ?, outcome = ?, reason = ?, waiting_for = ?, ended_at = ?, view = ?::jsonb,
                    facts = ?, head = ?, updated_at = now()
                where run_id = ?
                """)) {
            Rows.set(
                    update,
                    view.phase().name(),
                    view.outcome(),
                    Keepable.text(view.reason()),
                    Keepable.text(view.waitingFor()),
                    Rows.time(view.endedAt()),
                    Json.text(withoutLinks()),
                    last.number(),
                    last.hash(),
                    run);
            update.executeUpdate();
        }
        stages(connection, facts, last.at());
    }

    private void stages(Connection connection, List<Fact> facts, Instant at) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into stages (run_id, environment, place, service, version, state, outcome, stage_run_id,
                    want_percent, actual_percent, started_at, ended_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (run_id, environment) do update set state = excluded.state, outcome = excluded.outcome,
                    stage_run_id = excluded.stage_run_id, want_percent = excluded.want_percent,
                    actual_percent = excluded.actual_percent, updated_at = now(),
                    started_at = coalesce(stages.started_at, excluded.started_at),
                    ended_at = coalesce(stages.ended_at, excluded.ended_at)
                """)) {
            int place = 0;
            for (StageView stage : view.stages()) {
                Rows.set(
                        upsert,
                        run,
                        stage.environment().value(),
                        place++,
                        view.service().value(),
                        view.version().value(),
                        stage.state(),
                        stage.outcome(),
                        stage.runId(),
                        stage.want(),
                        stage.actual(),
                        Rows.time(stage.state().equals("PENDING") ? null : first(stage, facts, at)),
                        Rows.time(stage.outcome() == null ? null : ended(stage, facts, at)));
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private static Instant first(StageView stage, List<Fact> facts, Instant otherwise) {
        return stage.steps().stream()
                .map(step -> step.startedAt())
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .or(() -> facts.stream()
                        .filter(fact -> of(stage, fact))
                        .map(Fact::at)
                        .findFirst())
                .orElse(otherwise);
    }

    private static Instant ended(StageView stage, List<Fact> facts, Instant otherwise) {
        return facts.stream()
                .filter(fact -> of(stage, fact) && fact.kind() == Fact.Kind.ENDED)
                .map(Fact::at)
                .findFirst()
                .orElse(otherwise);
    }

    private static boolean of(StageView stage, Fact fact) {
        return fact.environment().equals(Optional.of(stage.environment()));
    }

    /** Links lead into Temporal, which will have forgotten. */
    private ReleaseView withoutLinks() {
        return view.with(view.stages(), view.reason(), Map.of());
    }
}
