package io.gatewatch.demo.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a server's program and its data files are.
 *
 * @param family whose server it is
 * @param program the server itself: {@code mariadbd} or {@code mysqld}
 * @param share folder with message texts, character sets and, for MariaDB, the SQL of its system
 *     tables
 */
public record ServerInstallation(Family family, Path program, Path share) {
    /** The two families that speak the MySQL protocol here. */
    public enum Family {
        MARIADB,
        MYSQL
    }

    /**
     * An installation found by its program: {@code /usr/sbin/mariadbd}, {@code bin/mysqld}. It asks
     * the program what it is.
     *
     * @throws IOException with one line that says what is missing
     */
    public static ServerInstallation at(Path program) throws IOException {
        if (!Files.isExecutable(program)) {
            throw new IOException(program + " is no program that can be run");
        }
        Family family = familyOf(program);
        Path prefix = program.toRealPath().getParent().getParent();
        return new ServerInstallation(family, program.toAbsolutePath(), share(family, prefix));
    }

    private static Path share(Family family, Path prefix) throws IOException {
        // A Debian package has share/mysql or share/mariadb, an unpacked archive share alone.
        return Stream.of("share/mariadb", "share/mysql", "share")
                .map(prefix::resolve)
                .filter(share -> hasWhatItNeeds(family, share))
                .findFirst()
                .orElseThrow(
                        () -> new IOException("no message files of the server below " + prefix));
    }

    private static boolean hasWhatItNeeds(Family family, Path share) {
        return Files.exists(share.resolve("english/errmsg.sys"))
                && (family == Family.MYSQL || systemTables(share, "system_tables").isPresent());
    }

    /** A script of MariaDB's system tables; before 11 they were named after MySQL. */
    static Optional<Path> systemTables(Path share, String name) {
        return Stream.of("mariadb_", "mysql_")
                .map(prefix -> share.resolve(prefix + name + ".sql"))
                .filter(Files::exists)
                .findFirst();
    }

    private static Family familyOf(Path program) throws IOException {
        Process asked =
                new ProcessBuilder(program.toString(), "--no-defaults", "--version")
                        .redirectErrorStream(true)
                        .start();
        asked.getOutputStream().close();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (answer.toLowerCase(Locale.ROOT).contains("mariadb")) {
            return Family.MARIADB;
        }
        if (answer.contains("Ver ")) {
            return Family.MYSQL;
        }
        throw new IOException(
                program + " cannot be run: " + answer.lines().findFirst().orElse("no answer"));
    }
}
