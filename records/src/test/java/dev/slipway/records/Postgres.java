package dev.slipway.records;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own on the one server of this process; the server ends with the process. */
public final class Postgres {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static EmbeddedPostgres server;

    private final String name = "slipway" + NUMBERS.incrementAndGet();

    private Postgres() {}

    public static synchronized Postgres fresh() {
        try {
            if (server == null) {
                server = EmbeddedPostgres.builder().start();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Postgres database = new Postgres();
        execute(server.getJdbcUrl("postgres", "postgres"), "create database " + database.name);
        return database;
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
    }

    /** For PostgreSQL's own programs. */
    String uri() {
        return "postgresql://postgres@127.0.0.1:" + server.getPort() + "/" + name;
    }

    /** As the owner of everything, who makes the tables. */
    public Access owner() {
        return new Access(url(), "postgres", null, true);
    }

    /** As a role, in tables that somebody else has made. */
    Access as(String role) {
        return new Access(url(), role, null, false);
    }

    /** As the owner, in one session. */
    void execute(String sql) {
        execute(url() + "?user=postgres&currentSchema=slipway", sql);
    }

    /** The rows, each with its columns joined by a space. */
    public List<String> rows(String role, String query) {
        try (Connection connection = DriverManager.getConnection(url() + "?currentSchema=slipway&user=" + role);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(row.getString(i)));
                }
                rows.add(String.join(" ", columns));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
