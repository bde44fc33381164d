package io.gatewatch.job.sink.jdbc;

import com.mysql.cj.jdbc.exceptions.PacketTooBigException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/**
 * Tells errors that a row brings with it, wherever and whenever it is written, from those of the
 * server, the connection, locks or the schema: these pass, or are for somebody to mend, and the
 * same rows are then taken.
 */
final class DataErrors {
    /**
     * Classes of SQLSTATE: data exception (22), constraint (23), check option (44), and what a
     * trigger says (45).
     */
    private static final Set<String> CLASSES = Set.of("22", "23", "44", "45");

    /**
     * Codes of MySQL and MariaDB whose SQLSTATE says nothing: data truncated, incorrect value, no
     * partition for the value, check constraint (MySQL, MariaDB), row too large.
     */
    private static final Set<Integer> CODES = Set.of(1265, 1366, 1526, 3819, 4025, 1118);

    private static final int CLASS_LENGTH = 2;

    private DataErrors() {}

    /** Whether leaving out a row of the batch can help. */
    static boolean isOne(SQLException failure) {
        if (failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException) {
            return false;
        }
        String state = failure.getSQLState();
        boolean ofClass =
                state != null
                        && state.length() > CLASS_LENGTH
                        && CLASSES.contains(state.substring(0, CLASS_LENGTH));
        return ofClass
                || CODES.contains(failure.getErrorCode())
                || failure instanceof PacketTooBigException
                || failure.getCause() instanceof PacketTooBigException;
    }
}
