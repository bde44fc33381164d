package io.gatewatch.scenarios;

import io.gatewatch.scenarios.Gatewatch.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * A command that runs beside the test: its output goes to a file, a line of it can be waited for,
 * and it ends with the test however that ends, because it watches its standard input.
 */
final class Program implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final String name;
    private final Process process;
    private final Path log;
    private final List<Awaited> awaited = new ArrayList<>();
    private final Thread reader;

    private record Awaited(Pattern pattern, CompletableFuture<String> line) {}

    private Program(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        reader = new Thread(this::readOutput, name + "-output");
        reader.setDaemon(true);
    }

    /**
     * Starts a command and waits until a line of its output matches.
     *
     * @param prefix what to run it with, such as {@code ip netns exec NAME}
     */
    static Program start(
            Path folder,
            String readyPattern,
            List<String> prefix,
            Map<String, String> environment,
            List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Checkout.root().resolve("bin/gatewatch").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("GATEWATCH_END_WITH_PARENT", "stdin");
        builder.environment().putAll(environment);
        String name = arguments.get(0);
        Path log = Files.createTempFile(folder, name + "-", ".log");
        Program program = new Program(name, builder.start(), log);
        CompletableFuture<String> ready = program.expect(readyPattern);
        program.reader.start();
        program.readyLine = program.await(ready);
        return program;
    }

    private String readyLine;

    /** The line that said the program is ready. */
    String readyLine() {
        return readyLine;
    }

    long pid() {
        return process.pid();
    }

    private CompletableFuture<String> expect(String pattern) {
        CompletableFuture<String> line = new CompletableFuture<>();
        synchronized (awaited) {
            awaited.add(new Awaited(Pattern.compile(pattern), line));
        }
        return line;
    }

    private String await(CompletableFuture<String> line) throws IOException, InterruptedException {
        try {
            return line.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new AssertionError(name + " was not ready:\n" + Files.readString(log), e);
        }
    }

    private void readOutput() {
        try (BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8));
                var file = Files.newBufferedWriter(log, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.write(line);
                file.newLine();
                file.flush();
                tell(line);
            }
        } catch (IOException e) {
            // The process ended while its output was read: what there was is in the file.
        }
        synchronized (awaited) {
            awaited.forEach(
                    waiting ->
                            waiting.line.completeExceptionally(
                                    new IllegalStateException(name + " ended")));
        }
    }

    private void tell(String line) {
        synchronized (awaited) {
            for (Awaited waiting : awaited) {
                if (waiting.pattern.matcher(line).find()) {
                    waiting.line.complete(line);
                }
            }
        }
    }

    /** Asks the program to end (SIGTERM) and waits for it. */
    Result stop() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(name + " did not end on SIGTERM:\n" + Files.readString(log));
        }
        reader.join(LIMIT.toMillis());
        return new Result(process.exitValue(), Files.readString(log), "");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        process.getOutputStream().close();
    }

    @Override
    public String toString() {
        return name + ", pid " + pid() + ", log " + log;
    }
}
