package io.gatewatch.job.sink.jdbc;

import java.lang.reflect.Proxy;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/**
 * A database with one table of texts. It takes a batch whole or not at all, refuses some texts, and
 * fails as often as it is told to.
 */
final class FakeDatabase implements JdbcConnectionProvider {
    final List<String> written = new ArrayList<>();
    final Set<String> refused = new TreeSet<>();
    final Deque<SQLException> failures = new ArrayDeque<>();
    int batches;
    int opened;

    private Connection connection;

    /** Writes a row as it is. */
    static JdbcQueryStatement<String> rows() {
        return new JdbcQueryStatement<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public String query() {
                return "INSERT";
            }

            @Override
            public void statement(PreparedStatement statement, String row) throws SQLException {
                statement.setString(1, row);
            }
        };
    }

    static SQLException dataTooLong() {
        return new BatchUpdateException("Data too long", "22001", 1406, new int[0]);
    }

    static SQLException connectionLost() {
        return new SQLException("Communications link failure", "08S01");
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public boolean isConnectionValid() {
        return connection != null;
    }

    @Override
    public Connection getOrEstablishConnection() {
        if (connection == null) {
            opened++;
            connection = proxy(Connection.class, (method, argument) -> statement());
        }
        return connection;
    }

    @Override
    public void closeConnection() {
        connection = null;
    }

    @Override
    public void close() {
        closeConnection();
    }

    @Override
    public Connection reestablishConnection() {
        closeConnection();
        return getOrEstablishConnection();
    }

    private PreparedStatement statement() {
        List<String> batch = new ArrayList<>();
        String[] row = new String[1];
        return proxy(
                PreparedStatement.class,
                (method, argument) -> {
                    switch (method) {
                        case "setString" -> row[0] = (String) argument;
                        case "addBatch" -> batch.add(row[0]);
                        case "clearBatch" -> batch.clear();
                        case "executeBatch" -> execute(batch);
                        default -> {}
                    }
                    return null;
                });
    }

    private void execute(List<String> batch) throws SQLException {
        batches++;
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        if (batch.stream().anyMatch(refused::contains)) {
            throw dataTooLong();
        }
        written.addAll(batch);
        batch.clear();
    }

    private interface Call {
        Object answer(String method, Object lastArgument) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        Object proxy =
                Proxy.newProxyInstance(
                        FakeDatabase.class.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) ->
                                call.answer(
                                        method.getName(),
                                        arguments == null
                                                ? null
                                                : arguments[arguments.length - 1]));
        return type.cast(proxy);
    }
}
