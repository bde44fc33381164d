package io.gatewatch.job.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.mysql.cj.jdbc.exceptions.CommunicationsException;
import com.mysql.cj.jdbc.exceptions.MySQLTransactionRollbackException;
import com.mysql.cj.jdbc.exceptions.PacketTooBigException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataErrorsTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "22001, 1406, Data too long",
        "22003, 1264, Out of range",
        "22007, 1292, Incorrect datetime value",
        "23000, 1048, Column cannot be null",
        "23000, 4025, CONSTRAINT failed",
        "HY000, 3819, Check constraint is violated",
        "HY000, 1366, Incorrect string value",
        "HY000, 1526, Table has no partition for value",
        "01000, 1265, Data truncated",
        "44000, 1369, CHECK OPTION failed",
        "45000, 1644, what a trigger says"
    })
    void shouldKnowWhatARowBringsWithIt(String state, int code, String message) {
        assertThat(DataErrors.isOne(new SQLException(message, state, code))).isTrue();
        assertThat(DataErrors.isOne(new BatchUpdateException(message, state, code, new int[0])))
                .isTrue();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "08S01, 0, Communications link failure",
        "08004, 1040, Too many connections",
        "28000, 1045, Access denied",
        "40001, 1213, Deadlock found",
        "HY000, 1205, Lock wait timeout exceeded",
        "HY000, 1114, The table is full",
        "HY000, 1021, Disk full",
        "HY000, 1290, running with --read-only",
        "42S02, 1146, Table doesn't exist",
        "42S22, 1054, Unknown column",
        "70100, 1317, Query execution was interrupted",
        ", 0, nothing known"
    })
    void shouldLeaveToARestartWhatPassesOrIsToBeMended(String state, int code, String message) {
        assertThat(DataErrors.isOne(new SQLException(message, state, code))).isFalse();
    }

    @Test
    void shouldKnowTheDriversOwn() {
        assertThat(DataErrors.isOne(new PacketTooBigException(2, 1))).isTrue();
        assertThat(DataErrors.isOne(new CommunicationsException("gone", null))).isFalse();
        assertThat(DataErrors.isOne(new MySQLTransactionRollbackException("x", "22000", 1213)))
                .isFalse();
    }
}
