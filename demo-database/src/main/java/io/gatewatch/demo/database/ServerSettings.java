package io.gatewatch.demo.database;

import java.nio.file.Path;

/**
 * What a server is started with.
 *
 * @param dir folder for its data and its log; made if missing, used again if not
 * @param port TCP port on 127.0.0.1, or {@link #FREE_PORT}
 * @param database name of the database to create
 * @param user the user that may do everything in databases whose name begins with that name
 * @param password the user's password
 */
public record ServerSettings(Path dir, int port, String database, String user, String password) {
    /** Any port that is free. */
    public static final int FREE_PORT = 0;

    /** A database and user {@code gatewatch} on a free port. */
    public static ServerSettings of(Path dir, String password) {
        return new ServerSettings(dir, FREE_PORT, "gatewatch", "gatewatch", password);
    }

    ServerSettings withPort(int newPort) {
        return new ServerSettings(dir, newPort, database, user, password);
    }

    /** Statements for the server's start, before it takes its first connection. One a line. */
    String initSql() {
        String name = database.replace("`", "``");
        String account = "'" + quote(user) + "'@'%'";
        return String.join(
                "\n",
                "CREATE DATABASE IF NOT EXISTS `"
                        + name
                        + "` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;",
                "CREATE USER IF NOT EXISTS "
                        + account
                        + " IDENTIFIED BY '"
                        + quote(password)
                        + "';",
                "ALTER USER " + account + " IDENTIFIED BY '" + quote(password) + "';",
                "GRANT ALL ON `" + name + "%`.* TO " + account + ";",
                "ALTER USER 'root'@'localhost' ACCOUNT LOCK;",
                "");
    }

    private static String quote(String text) {
        return text.replace("\\", "\\\\").replace("'", "''");
    }
}
