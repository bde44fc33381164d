package io.gatewatch.scenarios;

import static io.gatewatch.scenarios.NetworkNamespaces.INSIDE;
import static io.gatewatch.scenarios.NetworkNamespaces.SERVER_ADDRESS;
import static io.gatewatch.scenarios.NetworkNamespaces.SERVER_ADDRESS_6;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.demo.AgentTotals;
import io.gatewatch.demo.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link LiveCaptureIT} runs inside the gateway's namespace: the chain on the gateway's
 * loopback, an agent on its inside interface, real programs and a steady load across it. Ends with
 * an error if a packet is missing anywhere between the interface and the table.
 */
final class LiveCapture {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final String client;
    private final String server;
    private final Path folder;
    private final List<Process> servers = new ArrayList<>();

    private LiveCapture(String client, String server, Path folder) {
        this.client = client;
        this.server = server;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        LiveCapture live = new LiveCapture(arguments[0], arguments[1], Path.of(arguments[2]));
        live.run(arguments[3], arguments[4]);
    }

    private void run(String perSecond, String seconds) throws Exception {
        Path totalsFile = folder.resolve("totals.json");
        try (Chain chain = Chain.start(folder, "--first-update", "1s", "--update-interval", "1s")) {
            serveWeb();
            long beforeAgent = InsideInterface.frames();
            long atStart;
            long atStop;
            long memoryKb;
            try (ChildProcess agent =
                    chain.agent(
                            "--interface",
                            INSIDE,
                            "--gateway",
                            "live",
                            "--metrics-port",
                            "0",
                            "--totals",
                            totalsFile.toString())) {
                agent.awaitLine("capturing on " + INSIDE, LIMIT);
                atStart = InsideInterface.frames();
                talk();
                load(perSecond, seconds);
                atStop = InsideInterface.frames();
                InsideInterface.awaitCaptured(agent, atStop - atStart);
                memoryKb = Processes.peakResidentKb(agent);
            }
            long afterAgent = InsideInterface.frames();
            AgentTotals totals = AgentTotals.read(totalsFile);
            System.out.println(
                    "frames on the interface "
                            + (atStop - atStart)
                            + ", "
                            + totals
                            + ", resident at most "
                            + memoryKb
                            + " kB");
            // All of what came while it surely captured, and at most what came while it existed:
            // the kernel itself sends something now and then (neighbour discovery).
            assertThat(totals.captured()).isBetween(atStop - atStart, afterAgent - beforeAgent);
            assertThat(totals.setAside()).doesNotContainKeys("queue_dropped");
            chain.awaitNumber(
                    totals.expectedInSessions(),
                    "SELECT SUM(client_packets + server_packets) FROM sessions WHERE gateway = 'live'");
            requireSessions(chain);
        } finally {
            for (Process process : servers) {
                process.destroy();
                process.waitFor();
            }
        }
    }

    private void serveWeb() throws IOException, InterruptedException {
        Path pages = Files.createDirectories(folder.resolve("pages"));
        Files.write(pages.resolve("page.bin"), new byte[300_000]);
        for (String address : List.of(SERVER_ADDRESS, SERVER_ADDRESS_6)) {
            servers.add(
                    new ProcessBuilder(
                                    NetworkNamespaces.commandIn(
                                            server,
                                            List.of(
                                                    "python3",
                                                    "-m",
                                                    "http.server",
                                                    "--bind",
                                                    address,
                                                    "--directory",
                                                    pages.toString(),
                                                    "8080")))
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("web.log").toFile())
                            .start());
        }
        for (String host : List.of(SERVER_ADDRESS, "[" + SERVER_ADDRESS_6 + "]")) {
            // From the server's own side, so that nothing of it crosses the gateway.
            NetworkNamespaces.in(
                    server,
                    "curl",
                    "-s",
                    "-o",
                    "/dev/null",
                    "--retry",
                    "50",
                    "--retry-delay",
                    "1",
                    "--retry-connrefused",
                    "http://" + host + ":8080/page.bin");
        }
    }

    private void talk() throws IOException, InterruptedException {
        for (String host : List.of(SERVER_ADDRESS, "[" + SERVER_ADDRESS_6 + "]")) {
            NetworkNamespaces.in(
                    client,
                    "curl",
                    "-s",
                    "-S",
                    "-o",
                    "/dev/null",
                    "http://" + host + ":8080/page.bin");
        }
        NetworkNamespaces.in(client, "ping", "-q", "-c", "3", "-i", "0.2", SERVER_ADDRESS);
        NetworkNamespaces.in(client, "ping", "-q", "-c", "3", "-i", "0.2", SERVER_ADDRESS_6);
    }

    private void load(String perSecond, String seconds) throws IOException, InterruptedException {
        NetworkNamespaces.in(
                client,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                UdpSource.class.getName(),
                SERVER_ADDRESS,
                perSecond,
                seconds);
    }

    private static void requireSessions(Chain chain) throws Exception {
        try (StoredSessions sessions = chain.sessions()) {
            assertThat(
                            sessions.number(
                                    "SELECT COUNT(*) FROM sessions WHERE protocol = 'tcp' AND server_port ="
                                            + " 8080 AND tcp_state = 'SF' AND server_payload_bytes > 300000"))
                    .isEqualTo(2);
            assertThat(
                            sessions.number(
                                    "SELECT COUNT(*) FROM sessions WHERE protocol IN ('icmp', 'icmp6') AND"
                                            + " client_packets = 3 AND server_packets = 3"))
                    .isEqualTo(2);
        }
    }
}
