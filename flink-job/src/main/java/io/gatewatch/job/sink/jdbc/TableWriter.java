package io.gatewatch.job.sink.jdbc;

import java.io.IOException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches of rows with one statement. Where the database refuses a batch for what is in it,
 * the batch is halved until the refused rows alone are left, and all others are written. Where it
 * cannot write for another reason (connection, deadlock, server) the batch is tried again a few
 * times; what lasts longer is a failure. Not thread safe.
 *
 * @param <T> the rows
 */
final class TableWriter<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);

    /** A deadlock is over within so many attempts; what lasts longer is for Flink's restarts. */
    private static final int RETRIES = 3;

    private final JdbcConnectionProvider connections;
    private final JdbcQueryStatement<T> rows;
    private final Pause pause;
    private PreparedStatement statement;

    /** Waits before the next attempt. */
    interface Pause extends Serializable {
        void beforeAttempt(int attempt) throws InterruptedException;
    }

    /** Takes rows that the database refuses. */
    interface Refused<T> {
        void accept(T row, SQLException reason) throws IOException, InterruptedException;
    }

    TableWriter(JdbcConnectionProvider connections, JdbcQueryStatement<T> rows, Pause pause) {
        this.connections = connections;
        this.rows = rows;
        this.pause = pause;
    }

    /**
     * Writes all rows but those that are refused.
     *
     * @throws IOException if the database cannot write now; any of the rows may have been written
     */
    void write(List<T> batch, Refused<T> refused) throws IOException, InterruptedException {
        SQLException reason = attempt(batch);
        if (reason == null) {
            return;
        }
        if (batch.size() == 1) {
            refused.accept(batch.get(0), reason);
            return;
        }
        int half = batch.size() / 2;
        write(batch.subList(0, half), refused);
        write(batch.subList(half, batch.size()), refused);
    }

    /** Writes the batch, or tells why its data are refused. */
    private SQLException attempt(List<T> batch) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                execute(batch);
                return null;
            } catch (SQLException e) {
                if (DataErrors.isOne(e)) {
                    return e;
                }
                close();
                if (attempt > RETRIES) {
                    throw new IOException("rows could not be written: " + e.getMessage(), e);
                }
                LOG.warn("attempt {} to write rows failed: {}", attempt, e.getMessage());
                pause.beforeAttempt(attempt + 1);
            }
        }
    }

    private void execute(List<T> batch) throws SQLException {
        PreparedStatement target = statement();
        try {
            for (T row : batch) {
                rows.statement(target, row);
                target.addBatch();
            }
            target.executeBatch();
        } finally {
            target.clearBatch();
        }
    }

    private PreparedStatement statement() throws SQLException {
        if (statement == null) {
            try {
                Connection connection = connections.getOrEstablishConnection();
                statement = connection.prepareStatement(rows.query());
            } catch (ClassNotFoundException e) {
                throw new SQLException("no driver", e);
            }
        }
        return statement;
    }

    /** Lets go of the connection; the next batch opens one. */
    @Override
    public void close() {
        try {
            if (statement != null) {
                statement.close();
            }
        } catch (SQLException e) {
            LOG.debug("statement not closed", e);
        }
        statement = null;
        connections.closeConnection();
    }
}
