package io.gatewatch.benchmarks.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two network namespaces of this process's own, and a cable between them. Who sends at {@link
 * #TARGET} is answered by nobody. Closing removes all of it, and what runs in them loses its
 * network.
 */
final class VethPair implements AutoCloseable {
    /** The receiver's end of the cable. */
    static final String INSIDE = "inside0";

    /** An address that nobody has: its frames go to the receiver, who does not forward. */
    static final String TARGET = "10.88.1.9";

    private static final String RECEIVER_MAC = "02:00:00:00:88:01";

    final String sender = "gwbench" + ProcessHandle.current().pid() + "-sender";
    final String receiver = "gwbench" + ProcessHandle.current().pid() + "-receiver";

    VethPair() throws IOException, InterruptedException {
        try {
            run("ip", "netns", "add", sender);
            run("ip", "netns", "add", receiver);
            run(
                    "ip", "link", "add", "out0", "netns", sender, "type", "veth", "peer", "name",
                    INSIDE, "netns", receiver);
            in(receiver, "ip", "link", "set", INSIDE, "address", RECEIVER_MAC);
            in(receiver, "ip", "link", "set", "lo", "up");
            in(receiver, "ip", "link", "set", INSIDE, "up");
            in(sender, "ip", "link", "set", "out0", "up");
            in(sender, "ip", "address", "add", "10.88.1.2/24", "dev", "out0");
            in(
                    sender,
                    "ip",
                    "neighbour",
                    "add",
                    TARGET,
                    "lladdr",
                    RECEIVER_MAC,
                    "dev",
                    "out0",
                    "nud",
                    "permanent");
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The command line of a program in one of them. */
    static List<String> commandIn(String namespace, List<String> program) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        command.addAll(program);
        return command;
    }

    private static void in(String namespace, String... program)
            throws IOException, InterruptedException {
        run(commandIn(namespace, List.of(program)).toArray(String[]::new));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }

    @Override
    public void close() {
        delete(sender);
        delete(receiver);
    }

    /** One that was not made, or is gone already, is no matter. */
    private static void delete(String namespace) {
        try {
            new ProcessBuilder("ip", "netns", "delete", namespace)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
