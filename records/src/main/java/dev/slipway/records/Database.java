package dev.slipway.records;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connections to the records. Nothing is connected before the first use, so a process starts while the database is away, and
 * every wait has an end.
 */
public final class Database implements AutoCloseable {
    private static final String SCHEMA = "slipway";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Less than the activity that appends may take. */
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private static final int MOST_CONNECTIONS = 4;

    private final Access access;
    private final HikariDataSource pool;
    private boolean migrated;

    public Database(Access access) {
        this.access = access;
        HikariConfig config = new HikariConfig();
        config.setPoolName("records");
        config.setDataSource(new Server(access));
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        this.pool = new HikariDataSource(config);
    }

    /** What is done in one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * Does it wholly or not at all.
     *
     * @throws Unavailable when the database does not answer, or has no tables yet
     */
    <T> T transact(Work<T> work) {
        try {
            migrateOnce();
            try (Connection connection = pool.getConnection()) {
                return transact(connection, work);
            }
        } catch (SQLException | FlywayException e) {
            throw new Unavailable(e);
        }
    }

    /**
     * Makes the tables, or brings them up to date; several processes may do so at once.
     *
     * @throws Unavailable when the database does not answer
     */
    public void migrate() {
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(new Server(access))
                    .schemas(SCHEMA)
                    .locations("classpath:dev/slipway/records/migration")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new Unavailable(e);
        }
    }

    private synchronized void migrateOnce() {
        if (access.migrate() && !migrated) {
            migrate();
            migrated = true;
        }
    }

    private static <T> T transact(Connection connection, Work<T> work) throws SQLException {
        try {
            T result = work.with(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Reads the password anew for each connection. */
    private static final class Server extends PGSimpleDataSource {
        private static final long serialVersionUID = 1;

        private final transient Access access;

        Server(Access access) {
            this.access = access;
            setUrl(access.url());
            setCurrentSchema(SCHEMA);
            setConnectTimeout((int) CONNECT.toSeconds());
            setSocketTimeout((int) ANSWER.toSeconds());
            setOptions("-c statement_timeout=" + ANSWER.toMillis());
            setApplicationName("slipway");
            setTcpKeepAlive(true);
        }

        @Override
        public Connection getConnection() throws SQLException {
            return getConnection(access.user(), access.password().orElse(null));
        }
    }
}
