package dev.slipway.records;

import dev.slipway.audit.Entry;
import dev.slipway.model.Fact;
import dev.slipway.model.ReleaseId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** What a chain of facts is about: an attempt of a release, or a recovery. It has a row that says how far the chain goes. */
interface Subject {
    /** The run of its workflow, which names the chain. */
    String run();

    ReleaseId release();

    int attempt();

    /** Makes the row, so that it can be locked; nothing when there is one. */
    void begin(Connection connection) throws SQLException;

    /** Number and hash of its latest fact by run; locks the row. */
    PreparedStatement head(Connection connection) throws SQLException;

    /**
     * Everything that may have changed.
     *
     * @param last the latest fact that is kept now
     */
    void write(Connection connection, List<Fact> facts, Entry last) throws SQLException;
}
