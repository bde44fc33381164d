package io.gatewatch.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A command of Gatewatch as a process of its own. It never outlives this process: it watches its
 * standard input, whose other end is held here and closed by the kernel whatever happens. It is in
 * a session of its own, so that Ctrl-C on a terminal reaches its parent alone, which then ends it
 * in order. What it says goes to two files: {@code NAME.out} (standard output) and {@code
 * NAME.log}.
 */
public final class ChildProcess implements AutoCloseable {
    /** Exit code of a process that has not ended. */
    public static final int STILL_RUNNING = -1;

    private static final String END_WITH_PARENT = "GATEWATCH_END_WITH_PARENT";
    private static final long POLL_MS = 20;
    private static final long STOP_SECONDS = 30;
    private static final int LAST_LINES = 8;

    private final String name;
    private final Process process;
    private final Path out;
    private final Path log;

    private ChildProcess(String name, Process process, Path out, Path log) {
        this.name = name;
        this.process = process;
        this.out = out;
        this.log = log;
    }

    /**
     * Starts a process.
     *
     * @param name names it in messages, and its files
     * @param environment variables beside those of this process
     * @param folder where its files go
     */
    public static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path folder)
            throws IOException {
        Files.createDirectories(folder);
        Path out = folder.resolve(name + ".out");
        Path log = folder.resolve(name + ".log");
        List<String> inSession = new ArrayList<>(ownSession());
        inSession.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(inSession)
                        .redirectOutput(out.toFile())
                        .redirectError(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put(END_WITH_PARENT, "stdin");
        return new ChildProcess(name, builder.start(), out, log);
    }

    private static List<String> ownSession() {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        Optional<Path> setsid =
                Stream.of(path.split(File.pathSeparator, -1))
                        .map(folder -> Path.of(folder, "setsid"))
                        .filter(Files::isExecutable)
                        .findFirst();
        return setsid.map(program -> List.of(program.toString())).orElse(List.of());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** All that it has said on standard output so far. */
    public String output() {
        return text(out);
    }

    /** All that it has said on standard error so far. */
    public String log() {
        return text(log);
    }

    /**
     * Waits for a line that contains {@code text}, on standard output or standard error.
     *
     * @throws ChildFailure if the process ends before, or the time is up
     */
    public String awaitLine(String text, Duration limit) throws InterruptedException {
        await("to say \"" + text + "\"", limit, () -> line(text).isPresent());
        return line(text).orElseThrow();
    }

    /**
     * Waits until the process has ended well.
     *
     * @throws ChildFailure if its exit code is not 0, or the time is up
     */
    public void awaitSuccess(Duration limit) throws InterruptedException {
        int exitCode = awaitEnd(limit);
        if (exitCode != 0) {
            throw failure("ended with exit code " + exitCode);
        }
    }

    /**
     * Waits until the process has ended, however it did.
     *
     * @return its exit code
     * @throws ChildFailure if the time is up
     */
    public int awaitEnd(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw failure("is not done after " + limit.toSeconds() + " s");
        }
        return process.exitValue();
    }

    /**
     * Waits until the process has ended, however it does.
     *
     * @return its exit code
     * @throws ChildFailure if the time is up
     */
    public int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw failure("has not ended after " + limit.toSeconds() + " s");
        }
        return process.exitValue();
    }

    /**
     * Fails if the process is not there any more, for one that is to run on.
     *
     * @throws ChildFailure with its exit code
     */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw failure("ended with exit code " + process.exitValue());
        }
    }

    /** Asks the process to end, waits, and kills it if that takes too long. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process at once, as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void await(String what, Duration limit, BooleanSupplier done)
            throws InterruptedException {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (process.waitFor(POLL_MS, TimeUnit.MILLISECONDS) && !done.getAsBoolean()) {
                throw failure("ended with exit code " + process.exitValue());
            }
            if (System.nanoTime() > deadlineNs) {
                throw failure("is expected " + what + " within " + limit.toSeconds() + " s");
            }
        }
    }

    private Optional<String> line(String text) {
        return Stream.of(out, log)
                // Not the last one, if it is not complete yet.
                .flatMap(file -> text(file).lines().limit(completeLines(file)))
                .filter(line -> line.contains(text))
                .findFirst();
    }

    private static long completeLines(Path file) {
        return text(file).chars().filter(c -> c == '\n').count();
    }

    private ChildFailure failure(String what) {
        List<String> lines = log().lines().toList();
        return new ChildFailure(
                name + " " + what,
                process.isAlive() ? STILL_RUNNING : process.exitValue(),
                log,
                lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
