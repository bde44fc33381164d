package io.gatewatch.job.sink.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Builds an upsert that may be repeated and may come late: a row that is there changes only if the
 * new one's guard is not lower. In the form that MySQL 8 and MariaDB both take: {@code VALUES(c)},
 * not a row alias. Assignments are made from left to right and each sees what those before it have
 * assigned, so the guard comes last.
 */
final class Upsert {
    private final String table;
    private final String guard;
    private final List<String> columns = new ArrayList<>();
    private final StringJoiner updates = new StringJoiner(", ");

    private Upsert(String table, String guard) {
        this.table = table;
        this.guard = guard;
    }

    /**
     * Begins an upsert.
     *
     * @param guard column that decides which of two rows is newer
     */
    static Upsert into(String table, String guard) {
        return new Upsert(table, guard);
    }

    /** Columns that are inserted and then stay: the primary key. */
    Upsert key(String... names) {
        columns.addAll(List.of(names));
        return this;
    }

    /** A column that keeps the lowest value it was ever given. */
    Upsert lowest(String name) {
        columns.add(name);
        updates.add(name + " = LEAST(" + name + ", VALUES(" + name + "))");
        return this;
    }

    /** Columns that follow the newest row. */
    Upsert newest(String... names) {
        for (String name : names) {
            columns.add(name);
            updates.add(
                    name
                            + " = IF(VALUES("
                            + guard
                            + ") >= "
                            + guard
                            + ", VALUES("
                            + name
                            + "), "
                            + name
                            + ")");
        }
        return this;
    }

    /** The statement; its parameters are the columns in the order given, the guard last. */
    String sql() {
        StringJoiner marks = new StringJoiner(", ");
        columns.forEach(column -> marks.add("?"));
        return "INSERT INTO "
                + table
                + " ("
                + String.join(", ", columns)
                + ", "
                + guard
                + ") VALUES ("
                + marks
                + ", ?) ON DUPLICATE KEY UPDATE "
                + updates
                + ", "
                + guard
                + " = GREATEST("
                + guard
                + ", VALUES("
                + guard
                + "))";
    }
}
