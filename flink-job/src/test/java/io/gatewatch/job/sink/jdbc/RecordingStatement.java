package io.gatewatch.job.sink.jdbc;

import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the parameters that are set on a statement, by index; knows setters alone. */
final class RecordingStatement {
    private final Map<Integer, Object> parameters = new TreeMap<>();

    PreparedStatement statement() {
        return (PreparedStatement)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {PreparedStatement.class},
                        (self, method, arguments) -> {
                            if (!method.getName().startsWith("set") || arguments.length != 2) {
                                throw new UnsupportedOperationException(method.getName());
                            }
                            boolean isNull = method.getName().equals("setNull");
                            parameters.put((Integer) arguments[0], isNull ? null : arguments[1]);
                            return null;
                        });
    }

    /** Parameters set so far. */
    int count() {
        return parameters.size();
    }

    /** Value of the parameter of a column, of an upsert with this text. */
    Object of(String sql, String column) {
        String columns = sql.substring(sql.indexOf('(') + 1, sql.indexOf(')'));
        int index = List.of(columns.split(", ")).indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("no column " + column + " in " + columns);
        }
        return parameters.get(index + 1);
    }
}
