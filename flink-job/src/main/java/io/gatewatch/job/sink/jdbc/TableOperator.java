package io.gatewatch.job.sink.jdbc;

import io.gatewatch.job.deadletter.DeadLetter;
import io.gatewatch.job.deadletter.Refusals;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows into a table in batches, through Flink's JDBC sink, and hands on those that the
 * database refuses as dead letters. A batch is written when it is full, when its oldest row has
 * waited long enough, at the end of the input, and before every checkpoint barrier: so no row needs
 * to be in a checkpoint, and dead letters are before the barrier as well. What is held when the
 * task fails is written again after the restart: at least once, which upserts make once in effect.
 * While the database is away the task waits, and with it everything before it.
 *
 * @param <T> the rows
 */
public final class TableOperator<T> extends AbstractStreamOperator<DeadLetter>
        implements OneInputStreamOperator<T, DeadLetter>, BoundedOneInput {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(TableOperator.class);
    private static final int ROWS_PER_BATCH = 500;

    /** Rows do not wait for the next checkpoint: it may be minutes away. */
    private static final long MAX_WAIT_MS = 1_000;

    private static final long PAUSE_MS = 1_000;

    private final Database database;
    private final Table<T> table;
    private final TableWriter.Pause pause;

    private transient List<T> rows;
    private transient TableWriter<T> writer;
    private transient TableWriter<T> ledger;
    private transient ScheduledFuture<?> timer;
    private transient Refusals refusals;

    public TableOperator(JdbcSettings settings, Table<T> table) {
        this(settings::connections, table, attempt -> Thread.sleep(PAUSE_MS * attempt));
    }

    TableOperator(Database database, Table<T> table, TableWriter.Pause pause) {
        this.database = database;
        this.table = table;
        this.pause = pause;
    }

    @Override
    public void open() throws Exception {
        super.open();
        DriverRelease.register(getRuntimeContext());
        rows = new ArrayList<>(ROWS_PER_BATCH);
        writer = writer(table.statement());
        ledger = table.refusal() == null ? null : writer(table.refusal());
        refusals = new Refusals(getMetricGroup(), "refusedRows");
    }

    private TableWriter<T> writer(JdbcQueryStatement<T> statement) {
        WriterContext context = new WriterContext(getRuntimeContext(), table.serializer());
        return new TableWriter<>(database.connections(), statement, context, pause);
    }

    @Override
    public void processElement(StreamRecord<T> element) throws Exception {
        rows.add(element.getValue());
        if (rows.size() >= ROWS_PER_BATCH) {
            write();
        } else if (timer == null) {
            long now = getProcessingTimeService().getCurrentProcessingTime();
            timer = getProcessingTimeService().registerTimer(now + MAX_WAIT_MS, this::onTimer);
        }
    }

    private void onTimer(long timestamp) throws Exception {
        timer = null;
        write();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        write();
    }

    @Override
    public void endInput() throws Exception {
        write();
    }

    private void write() throws IOException, InterruptedException {
        if (!rows.isEmpty()) {
            writer.write(rows, this::refuse);
            rows.clear();
        }
    }

    private void refuse(T row, SQLException reason) throws IOException, InterruptedException {
        String text = reason.getMessage() + " (" + reason.getErrorCode() + ")";
        if (refusals.count()) {
            LOG.warn(
                    "row refused: table={} reason={} refused={}",
                    table.name(),
                    text,
                    refusals.total());
        }
        if (ledger != null) {
            ledger.write(List.of(row), TableOperator::leaveOut);
        }
        output.collect(new StreamRecord<>(table.deadLetter(row, text)));
    }

    /** The dead letter says it all the same. */
    private static <T> void leaveOut(T row, SQLException reason) {
        LOG.warn("refused row is not in the ledger: {}", reason.getMessage());
    }

    @Override
    public void close() throws Exception {
        if (writer != null) {
            writer.close();
        }
        if (ledger != null) {
            ledger.close();
        }
        super.close();
    }
}
