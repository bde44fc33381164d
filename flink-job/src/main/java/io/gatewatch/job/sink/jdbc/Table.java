package io.gatewatch.job.sink.jdbc;

import io.gatewatch.job.deadletter.DeadLetter;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/**
 * How rows go into one table, and what is left of a row that the database refuses.
 *
 * @param <T> the rows
 */
public interface Table<T> extends Serializable {
    String name();

    /** The serializer of rows. */
    TypeSerializer<T> serializer();

    /** The upsert of a row. */
    JdbcQueryStatement<T> statement();

    /**
     * The upsert into the packet ledger that names a refused row, or null where none is written:
     * the row stands for no packets.
     */
    default JdbcQueryStatement<T> refusal() {
        return null;
    }

    /**
     * What becomes of a refused row.
     *
     * @param reason what the database said
     */
    DeadLetter deadLetter(T row, String reason) throws IOException;
}
