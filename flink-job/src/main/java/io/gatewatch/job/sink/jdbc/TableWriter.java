package io.gatewatch.job.sink.jdbc;

import java.io.IOException;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.List;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches of rows through Flink's JDBC sink. Where the database refuses a batch for what is
 * in it, the batch is halved until the refused rows alone are left, and all others are written.
 * Where it cannot write for another reason (connection, deadlock, server) the batch is tried again
 * a few times; what lasts longer is a failure. Not thread safe.
 *
 * @param <T> the rows
 */
final class TableWriter<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);

    /** The sink writes when it is told to, and does not try again by itself. */
    private static final JdbcExecutionOptions BATCH_BY_BATCH =
            JdbcExecutionOptions.builder()
                    .withBatchSize(0)
                    .withBatchIntervalMs(0)
                    .withMaxRetries(0)
                    .build();

    /** A deadlock is over within so many attempts; what lasts longer is for Flink's restarts. */
    private static final int RETRIES = 3;

    private final JdbcConnectionProvider connections;
    private final JdbcSink<T> sink;
    private final WriterInitContext context;
    private final Pause pause;
    private SinkWriter<T> writer;

    /**
     * Writers that failed were left without being closed: the connection holds their statements.
     */
    private boolean leftBehind;

    /** Waits before the next attempt. */
    interface Pause extends Serializable {
        void beforeAttempt(int attempt) throws InterruptedException;
    }

    /** Takes rows that the database refuses. */
    interface Refused<T> {
        void accept(T row, SQLException reason) throws IOException, InterruptedException;
    }

    /**
     * @param context what the sink's writers may ask for
     */
    TableWriter(
            JdbcConnectionProvider connections,
            JdbcQueryStatement<T> statement,
            WriterInitContext context,
            Pause pause) {
        this.connections = connections;
        this.context = context;
        this.pause = pause;
        sink =
                JdbcSink.<T>builder()
                        .withExecutionOptions(BATCH_BY_BATCH)
                        .withQueryStatement(statement)
                        .buildAtLeastOnce(connections);
    }

    /**
     * Writes all rows but those that are refused.
     *
     * @throws IOException if the database cannot write now; any of the rows may have been written
     */
    void write(List<T> batch, Refused<T> refused) throws IOException, InterruptedException {
        try {
            divide(batch, refused);
        } finally {
            if (leftBehind) {
                close();
            }
        }
    }

    private void divide(List<T> batch, Refused<T> refused)
            throws IOException, InterruptedException {
        SQLException reason = attempt(batch);
        if (reason == null) {
            return;
        }
        if (batch.size() == 1) {
            refused.accept(batch.get(0), reason);
            return;
        }
        int half = batch.size() / 2;
        divide(batch.subList(0, half), refused);
        divide(batch.subList(half, batch.size()), refused);
    }

    /** Writes the batch, or tells why its data are refused. */
    private SQLException attempt(List<T> batch) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                execute(batch);
                return null;
            } catch (IOException e) {
                SQLException failure =
                        ExceptionUtils.findThrowable(e, SQLException.class).orElse(null);
                if (failure != null && DataErrors.isOne(failure)) {
                    leaveBehind();
                    return failure;
                }
                close();
                String reason = failure == null ? e.getMessage() : failure.getMessage();
                if (attempt > RETRIES) {
                    throw new IOException("rows could not be written: " + reason, e);
                }
                LOG.warn("attempt {} to write rows failed: {}", attempt, reason);
                pause.beforeAttempt(attempt + 1);
            }
        }
    }

    private void execute(List<T> batch) throws IOException, InterruptedException {
        if (writer == null) {
            writer = sink.createWriter(context);
        }
        for (T row : batch) {
            writer.write(row, null);
        }
        writer.flush(false);
    }

    /** The connection is still good: a halved batch would need many. */
    private void leaveBehind() {
        writer = null;
        leftBehind = true;
    }

    /**
     * Lets go of the connection, and of the statements of writers left behind; the next batch opens
     * one. The sink's writer is not closed: it has nothing else, and would write once more what it
     * still holds.
     */
    @Override
    public void close() {
        writer = null;
        leftBehind = false;
        connections.closeConnection();
    }
}
