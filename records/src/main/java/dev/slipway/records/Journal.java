package dev.slipway.records;

import dev.slipway.audit.Entry;
import dev.slipway.model.Fact;
import dev.slipway.model.Recovery;
import dev.slipway.model.ReleaseView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes facts, each once, each bound to the one before; and how its release or recovery was then. */
public final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Database database;

    public Journal(Database database) {
        this.database = database;
    }

    /** The latest fact that is kept of a run. */
    private record Head(long number, String hash) {}

    /**
     * Keeps those facts of an attempt that are not kept yet, and the view when it is the latest.
     *
     * @param first number of the first fact
     * @throws Contradiction when one is kept with other content; nothing of the batch is kept then
     * @throws Unavailable when nobody knows whether it is kept; say it again
     */
    public void append(String run, long first, List<Fact> facts, ReleaseView view) {
        append(first, facts, new Attempted(run, view));
    }

    /** The same for a recovery; how it is becomes the last word on the stage that was gone, whoever else tells of that. */
    public void append(long first, List<Fact> facts, Recovery recovery) {
        append(first, facts, new Recovered(recovery));
    }

    private void append(long first, List<Fact> facts, Subject subject) {
        database.transact(connection -> {
            List<Entry> fresh = entries(connection, first, facts, subject, head(connection, subject));
            write(connection, fresh);
            if (!fresh.isEmpty()) {
                Entry last = fresh.get(fresh.size() - 1);
                subject.write(connection, facts, last);
                // a witness outside of the database: who changes the database cannot change what was logged
                LOG.info(
                        "{} attempt {} is kept up to fact {} {}",
                        last.release(),
                        last.attempt(),
                        last.number(),
                        last.hash());
            }
            return fresh.size();
        });
    }

    /** Locks the subject's row, so that one batch follows another whoever sends them. */
    private static Head head(Connection connection, Subject subject) throws SQLException {
        subject.begin(connection);
        try (PreparedStatement select = subject.head(connection)) {
            select.setString(1, subject.run());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Head(row.getLong(1), row.getString(2));
            }
        }
    }

    private static List<Entry> entries(Connection connection, long first, List<Fact> facts, Subject subject, Head head)
            throws SQLException {
        List<Entry> kept = Rows.entries(connection, subject.run(), first);
        if (first > head.number() + 1) {
            LOG.error(
                    "facts {} to {} of {} are missing in the records; the chain goes on with a gap",
                    head.number() + 1,
                    first - 1,
                    subject.release());
        }
        List<Entry> fresh = new ArrayList<>();
        String previous = head.hash();
        long number = first;
        for (Fact fact : facts) {
            if (number <= head.number()) {
                same(kept, number, fact, subject);
            } else {
                Entry entry = Entry.of(
                        new Entry.Place(subject.run(), number, subject.release(), subject.attempt(), previous), fact);
                previous = entry.hash();
                fresh.add(entry);
            }
            number++;
        }
        return fresh;
    }

    private static void same(List<Entry> kept, long number, Fact fact, Subject subject) {
        Entry before = kept.stream()
                .filter(entry -> entry.number() == number)
                .findFirst()
                .orElseThrow(() -> new Contradiction("fact " + number + " of " + subject.release()
                        + " comes after later ones, so it has no place in the chain any more"));
        Entry again = Entry.of(
                new Entry.Place(before.run(), number, subject.release(), subject.attempt(), before.previous()), fact);
        if (!again.hash().equals(before.hash())) {
            throw new Contradiction("fact " + number + " of " + subject.release() + " attempt " + subject.attempt()
                    + " is kept as '" + before.what() + "' and comes again as '" + again.what()
                    + "' or with other details");
        }
    }

    private static void write(Connection connection, List<Entry> entries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into facts (run_id, number, release, attempt, at, environment, kind, what, details, evidence,
                    previous, hash)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)
                """)) {
            for (Entry entry : entries) {
                Rows.set(
                        insert,
                        entry.run(),
                        entry.number(),
                        entry.release().toString(),
                        entry.attempt(),
                        Rows.time(entry.at()),
                        entry.environment(),
                        entry.kind().name(),
                        entry.what(),
                        Json.text(entry.details()),
                        Json.text(entry.evidence()),
                        entry.previous(),
                        entry.hash());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
