package io.gatewatch.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import picocli.CommandLine.Option;

/**
 * How a command reaches the database; mixed in with {@code @Mixin}. The password comes from a file
 * or from the environment ({@code GATEWATCH_JDBC_PASSWORD}), so that no process list shows it.
 */
public final class JdbcOptions {
    private static final String SCHEME = "jdbc:mysql:";
    private static final String DRIVER = "com.mysql.cj.jdbc.Driver";

    // Error numbers of MySQL and MariaDB.
    private static final int DATABASE_ACCESS_DENIED = 1044;
    private static final int ACCESS_DENIED = 1045;
    private static final int UNKNOWN_DATABASE = 1049;
    private static final int ACCESS_DENIED_NO_PASSWORD = 1698;

    @Option(
            names = "--jdbc-url",
            required = true,
            paramLabel = "URL",
            description = "The database: jdbc:mysql://HOST:PORT/DATABASE (MySQL or MariaDB).")
    public String url;

    @Option(
            names = "--jdbc-user",
            paramLabel = "NAME",
            defaultValue = "gatewatch",
            description = "Its user (default: ${DEFAULT-VALUE}).")
    public String user = "gatewatch";

    @Option(
            names = "--jdbc-password-file",
            paramLabel = "FILE",
            description =
                    "File whose first line is the password; without it GATEWATCH_JDBC_PASSWORD counts.")
    public Path passwordFile;

    /** Not shown: on a command line every user of the machine could read it. */
    @Option(names = "--jdbc-password", hidden = true)
    String passwordFromEnvironment;

    /** The options as if they had been given. */
    public static JdbcOptions of(String url, String user, String password) {
        JdbcOptions options = new JdbcOptions();
        options.url = url;
        options.user = user;
        options.passwordFromEnvironment = password;
        return options;
    }

    /** Checks what can be checked without connecting. */
    public void validate(Problems problems) {
        problems.require(
                url.startsWith(SCHEME + "//") && !databaseName().isEmpty(),
                "--jdbc-url",
                url,
                "must be jdbc:mysql://HOST:PORT/DATABASE");
        problems.require(
                passwordFile == null || Files.isReadable(passwordFile),
                "--jdbc-password-file",
                passwordFile,
                "must be a file that can be read");
    }

    /** The password, or null where none is given. */
    public String password() {
        if (passwordFile == null) {
            return passwordFromEnvironment;
        }
        try (var lines = Files.lines(passwordFile)) {
            return lines.findFirst().orElse("").strip();
        } catch (UncheckedIOException e) {
            throw CommandFailure.usage(passwordFile + ": is not text in UTF-8");
        } catch (IOException e) {
            throw CommandFailure.usage(passwordFile + ": cannot be read: " + FileProblem.reason(e));
        }
    }

    /** Name of the database that the URL ends with; empty where it names none. */
    public String databaseName() {
        String path = uri() == null ? null : uri().getPath();
        return path == null || path.length() < 2 ? "" : path.substring(1);
    }

    /**
     * Connects.
     *
     * @throws CommandFailure that says whether the server, the credentials or the database is
     *     missing
     */
    public Connection connect() {
        Properties properties = new Properties();
        properties.put("user", user);
        if (password() != null) {
            properties.put("password", password());
        }
        properties.put("connectTimeout", "10000");
        loadDriver();
        try {
            return DriverManager.getConnection(url, properties);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /**
     * Drivers that only this class's loader sees, as on a Flink cluster, are not found otherwise.
     */
    private static void loadDriver() {
        try {
            Class.forName(DRIVER);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(DRIVER + " is not on the class path", e);
        }
    }

    /** What to tell the user of a failed attempt to connect. */
    public CommandFailure failure(SQLException e) {
        return switch (e.getErrorCode()) {
            case ACCESS_DENIED, ACCESS_DENIED_NO_PASSWORD ->
                    CommandFailure.usage(
                            "database "
                                    + server()
                                    + " refuses user "
                                    + user
                                    + ": check --jdbc-user and the password (--jdbc-password-file"
                                    + " or GATEWATCH_JDBC_PASSWORD)");
            case UNKNOWN_DATABASE, DATABASE_ACCESS_DENIED ->
                    CommandFailure.usage(
                            "database "
                                    + databaseName()
                                    + " on "
                                    + server()
                                    + " does not exist or is not open to user "
                                    + user
                                    + ": CREATE DATABASE "
                                    + databaseName()
                                    + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; GRANT ALL ON "
                                    + databaseName()
                                    + ".* TO '"
                                    + user
                                    + "'@'%';");
            default ->
                    CommandFailure.failed(
                            "database " + server() + " cannot be reached: " + rootMessage(e));
        };
    }

    private String server() {
        return uri() == null || uri().getAuthority() == null ? url : uri().getAuthority();
    }

    private URI uri() {
        try {
            return url.startsWith(SCHEME) ? URI.create(url.substring("jdbc:".length())) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        return message.lines().findFirst().orElse("");
    }
}
