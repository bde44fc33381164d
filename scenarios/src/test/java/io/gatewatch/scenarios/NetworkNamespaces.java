package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Three hosts on one machine: a client and a server, and a gateway between them that forwards; a
 * second client if asked for. Each is a network namespace with names of this process's own; closing
 * removes them and all that runs in them.
 */
final class NetworkNamespaces implements AutoCloseable {
    /** The gateway's interface towards the client. */
    static final String INSIDE = "inside0";

    /** The gateway's interface towards the second client. */
    static final String INSIDE_SECOND = "inside1";

    static final String CLIENT_ADDRESS = "10.77.1.2";
    static final String CLIENT_ADDRESS_6 = "fd77:1::2";
    static final String SECOND_CLIENT_ADDRESS = "10.77.3.2";
    static final String SECOND_CLIENT_ADDRESS_6 = "fd77:3::2";
    static final String SERVER_ADDRESS = "10.77.2.2";
    static final String SERVER_ADDRESS_6 = "fd77:2::2";

    private final String prefix = "gw" + ProcessHandle.current().pid();
    final String client = prefix + "-client";
    final String gateway = prefix + "-gateway";
    final String server = prefix + "-server";
    final String secondClient = prefix + "-second";

    NetworkNamespaces() throws IOException, InterruptedException {
        try {
            for (String name : List.of(client, gateway, server)) {
                add(name);
            }
            cable(client, "eth0", gateway, INSIDE);
            cable(server, "eth0", gateway, "outside0");
            in(gateway, "sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
            in(gateway, "sysctl", "-q", "-w", "net.ipv6.conf.all.forwarding=1");
            address(client, "eth0", CLIENT_ADDRESS + "/24", CLIENT_ADDRESS_6 + "/64");
            address(gateway, INSIDE, "10.77.1.1/24", "fd77:1::1/64");
            address(gateway, "outside0", "10.77.2.1/24", "fd77:2::1/64");
            address(server, "eth0", SERVER_ADDRESS + "/24", SERVER_ADDRESS_6 + "/64");
            route(client, "10.77.1.1", "fd77:1::1");
            route(server, "10.77.2.1", "fd77:2::1");
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    /** Adds the second client, behind an interface of the gateway of its own. */
    void addSecondClient() throws IOException, InterruptedException {
        add(secondClient);
        cable(secondClient, "eth0", gateway, INSIDE_SECOND);
        address(
                secondClient,
                "eth0",
                SECOND_CLIENT_ADDRESS + "/24",
                SECOND_CLIENT_ADDRESS_6 + "/64");
        address(gateway, INSIDE_SECOND, "10.77.3.1/24", "fd77:3::1/64");
        route(secondClient, "10.77.3.1", "fd77:3::1");
    }

    private static void add(String namespace) throws IOException, InterruptedException {
        command("ip", "netns", "add", namespace);
        in(namespace, "ip", "link", "set", "lo", "up");
    }

    private static void cable(String namespace, String name, String peer, String peerName)
            throws IOException, InterruptedException {
        command(
                "ip", "link", "add", name, "netns", namespace, "type", "veth", "peer", "name",
                peerName, "netns", peer);
        in(namespace, "ip", "link", "set", name, "up");
        in(peer, "ip", "link", "set", peerName, "up");
    }

    private static void address(String namespace, String name, String ipv4, String ipv6)
            throws IOException, InterruptedException {
        in(namespace, "ip", "address", "add", ipv4, "dev", name);
        in(namespace, "ip", "address", "add", ipv6, "dev", name, "nodad");
    }

    private static void route(String namespace, String ipv4, String ipv6)
            throws IOException, InterruptedException {
        in(namespace, "ip", "route", "add", "default", "via", ipv4);
        in(namespace, "ip", "-6", "route", "add", "default", "via", ipv6);
    }

    /** The command line of a program in a namespace. */
    static List<String> commandIn(String namespace, List<String> program) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        command.addAll(program);
        return command;
    }

    /** Runs a program in a namespace to its end, which must be a good one; returns what it said. */
    static String in(String namespace, String... program) throws IOException, InterruptedException {
        return command(commandIn(namespace, List.of(program)).toArray(String[]::new));
    }

    private static String command(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as("%s: %s", String.join(" ", command), said).isZero();
        return said;
    }

    @Override
    public void close() {
        for (String name : List.of(client, gateway, server, secondClient)) {
            try {
                new ProcessBuilder("ip", "netns", "delete", name)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
