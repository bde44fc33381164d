package io.gatewatch.sql;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatewatch.demo.database.ServerInstallation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** MySQL 8 itself, from an archive that travels as a jar. */
final class MySqlServer {
    private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";

    private MySqlServer() {}

    /** Unpacks it below a directory; an assumption that fails where it cannot run. */
    static ServerInstallation unpackedBelow(Path dir) throws IOException {
        Path home = dir.resolve("mysql");
        unpack(home);
        try {
            return ServerInstallation.at(home.resolve("bin/mysqld"));
        } catch (IOException e) {
            assumeTrue(
                    !e.getMessage().contains("shared libraries"),
                    "MySQL needs libaio1 and libnuma1: " + e.getMessage());
            throw e;
        }
    }

    private static void unpack(Path home) throws IOException {
        Files.createDirectories(home);
        Process tar =
                new ProcessBuilder("tar", "xzf", "-", "-C", home.toString())
                        .redirectErrorStream(true)
                        .start();
        try (InputStream archive = MySqlServer.class.getResourceAsStream(ARCHIVE);
                OutputStream in = tar.getOutputStream()) {
            archive.transferTo(in);
        }
        try {
            if (tar.waitFor() != 0) {
                throw new IOException("tar cannot unpack " + ARCHIVE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
