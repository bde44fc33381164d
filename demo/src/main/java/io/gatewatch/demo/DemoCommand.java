package io.gatewatch.demo;

import io.gatewatch.settings.Command;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.CommonOptions;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.settings.Problems;
import io.gatewatch.settings.StopSignal;
import io.gatewatch.settings.TextTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code gatewatch demo}: plays a capture through an agent, Kafka, the job and a database, says
 * what was found, and checks that every packet got there.
 */
@CommandLine.Command(
        name = "demo",
        description =
                "Plays a capture through the whole of Gatewatch, everything embedded, and shows"
                        + " what was found.",
        footer = {
            "",
            "Examples:",
            "  gatewatch demo",
            "  gatewatch demo --once",
            "  gatewatch demo --read office.pcapng --dir /tmp/office",
            "",
            "With --once the exit code is 0 if every packet is accounted for, and 4 if not."
        })
public final class DemoCommand implements Command {
    private static final String BUNDLED = "home.pcap.gz";
    private static final Duration AGENT_LIMIT = Duration.ofHours(12);
    private static final Duration LEDGER_LIMIT = Duration.ofMinutes(2);
    private static final Duration STANDSTILL = Duration.ofSeconds(60);
    private static final Duration SAY_AFTER = Duration.ofSeconds(5);
    private static final long POLL_MS = 200;
    private static final int TALKERS = 5;
    private static final int HOSTS = 8;
    private static final int SESSIONS = 10;
    private static final long LARGE_CAPTURE_BYTES = 32 << 20;
    private static final int MAX_PORT = 65_535;

    @Mixin CommonOptions common;

    @Option(names = "--once", description = "End when everything is processed and checked.")
    boolean once;

    @Option(
            names = "--read",
            paramLabel = "FILE",
            description = "Play this capture instead of the bundled one.")
    Path capture;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Keep data and logs here and go on with them next time; without it they are"
                            + " temporary.")
    Path dir;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "0",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "Kafka's port (default: one that is free).")
    int kafkaPort;

    @Option(
            names = "--database-port",
            paramLabel = "PORT",
            defaultValue = "0",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "The database's port (default: one that is free).")
    int databasePort;

    @Spec CommandSpec spec;

    private final long startNs = System.nanoTime();

    public static void main(String[] args) {
        CommandRunner.main(new DemoCommand(), args);
    }

    @Override
    public void validate(Problems problems) {
        requirePort(problems, "--kafka-port", kafkaPort);
        requirePort(problems, "--database-port", databasePort);
    }

    private static void requirePort(Problems problems, String key, int port) {
        problems.require(port >= 0 && port <= MAX_PORT, key, port, "must be 0 to " + MAX_PORT);
    }

    @Override
    public int run() throws IOException, SQLException {
        if (capture != null && !Files.isReadable(capture)) {
            throw CommandFailure.input(capture + ": no such file, or not readable");
        }
        StopSignal.onStop(Thread.currentThread()::interrupt);
        try (WorkFolder work = openWork()) {
            return run(work);
        }
    }

    private WorkFolder openWork() {
        try {
            return WorkFolder.open(dir);
        } catch (IOException e) {
            throw CommandFailure.usage("--dir is " + dir + ": cannot be written to");
        }
    }

    private int run(WorkFolder work) throws IOException, SQLException {
        try (DemoServers servers =
                DemoServers.start(work, kafkaPort, databasePort, isSoonOver(), this::progress)) {
            boolean balanced = play(work, servers);
            if (!balanced) {
                work.keep();
                progress("what the parts said is in " + work.logs());
            }
            if (!once) {
                runOn(servers);
            }
            return balanced ? ExitCode.OK : ExitCode.CHECK_FAILED;
        } catch (InterruptedException e) {
            // By a signal; the keyboard's has an exit code of its own. Nothing was checked with
            // --once.
            return once ? ExitCode.FAILED : ExitCode.OK;
        } catch (ChildFailure e) {
            work.keep();
            throw explain(e);
        }
    }

    private boolean isSoonOver() throws IOException {
        return capture == null || Files.size(capture) < LARGE_CAPTURE_BYTES;
    }

    private boolean play(WorkFolder work, DemoServers servers)
            throws IOException, SQLException, InterruptedException {
        Path file = capture == null ? unpackBundled(work) : capture;
        String gateway = gatewayOf(file);
        Path totalsFile = work.path().resolve("totals.json");
        try (ChildProcess agent = servers.startAgent(file, gateway, totalsFile)) {
            agent.awaitSuccess(AGENT_LIMIT);
        }
        AgentTotals totals = AgentTotals.read(totalsFile);
        progress(
                TextTable.number(totals.captured())
                        + " packets of "
                        + file.getFileName()
                        + " shipped");
        try (Connection connection = servers.database().connect()) {
            SessionTable table = new SessionTable(connection, gateway);
            SessionTable.Progress reached =
                    awaitSessions(table, servers, totals.expectedInSessions());
            PacketBalance balance = new PacketBalance(totals, reached.packets());
            awaitLedger(new LedgerProgress(connection, gateway), servers, totals, reached);
            print(file, table, reached, balance);
            return printLedger(servers, gateway) && balance.isBalanced();
        }
    }

    /** Until the ledger knows as much as agent and sessions, or nothing more has come for long. */
    private void awaitLedger(
            LedgerProgress ledger,
            DemoServers servers,
            AgentTotals totals,
            SessionTable.Progress sessions)
            throws SQLException, InterruptedException {
        long deadlineNs = System.nanoTime() + STANDSTILL.toNanos();
        while (!ledger.has(totals.captured(), sessions.packets())
                && System.nanoTime() < deadlineNs) {
            servers.requireAlive();
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    /** What the command of that name says, and whether all is well. */
    private boolean printLedger(DemoServers servers, String gateway)
            throws IOException, InterruptedException {
        try (ChildProcess ledger = servers.startLedger(gateway)) {
            int exitCode = ledger.awaitEnd(LEDGER_LIMIT);
            section(spec.commandLine().getOut(), "The ledger", ledger.output().lines().toList());
            if (exitCode != ExitCode.OK) {
                ledger.log().lines().forEach(this::progress);
            }
            return exitCode == ExitCode.OK;
        }
    }

    private static Path unpackBundled(WorkFolder work) throws IOException {
        Path file = work.path().resolve(BUNDLED);
        try (InputStream bundled = DemoCommand.class.getResourceAsStream(BUNDLED)) {
            Files.write(file, bundled.readAllBytes());
        }
        return file;
    }

    /** The file's name up to its first dot, as far as a gateway may be called so. */
    private static String gatewayOf(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\..*", "");
        String allowed = name.replaceAll("[^A-Za-z0-9_-]", "-");
        return allowed.isEmpty() ? "capture" : allowed;
    }

    /** Until all packets are in ended sessions, or nothing has changed for a minute. */
    private SessionTable.Progress awaitSessions(
            SessionTable table, DemoServers servers, long expectedPackets)
            throws SQLException, InterruptedException {
        SessionTable.Progress reached = table.progress();
        long changedNs = System.nanoTime();
        long saidNs = changedNs;
        while (reached.packets() != expectedPackets || reached.open() > 0) {
            servers.requireAlive();
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            SessionTable.Progress now = table.progress();
            long nowNs = System.nanoTime();
            if (!now.equals(reached)) {
                changedNs = nowNs;
            } else if (nowNs - changedNs > STANDSTILL.toNanos()) {
                return now;
            }
            if (nowNs - saidNs > SAY_AFTER.toNanos()) {
                saidNs = nowNs;
                progress(
                        TextTable.number(now.packets())
                                + " of "
                                + TextTable.number(expectedPackets)
                                + " packets are in sessions");
            }
            reached = now;
        }
        return reached;
    }

    private void print(
            Path file, SessionTable table, SessionTable.Progress reached, PacketBalance balance)
            throws SQLException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                TextTable.number(reached.packets())
                        + " packets of "
                        + file.getFileName()
                        + " are "
                        + TextTable.number(reached.sessions())
                        + " sessions with "
                        + TextTable.number(reached.bytes())
                        + " bytes.");
        section(out, "By protocol", table.byProtocol());
        section(out, "Who talks most", table.topTalkers(TALKERS));
        section(out, "What was asked for", table.topHosts(HOSTS));
        section(out, "The largest sessions", table.largestSessions(SESSIONS));
        section(out, "From the capture to the table", balance.lines());
        out.flush();
    }

    private static void section(PrintWriter out, String heading, List<String> lines) {
        out.println();
        out.println(heading);
        lines.forEach(line -> out.println(line.isEmpty() ? "" : "  " + line));
    }

    private void runOn(DemoServers servers) throws InterruptedException {
        EmbeddedDatabase database = servers.database();
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println("Everything keeps running until Ctrl-C. To look around:");
        out.println(
                "  mysql -h 127.0.0.1 -P "
                        + database.port()
                        + " -u "
                        + database.user()
                        + " -p"
                        + database.password()
                        + " gatewatch -e 'SELECT * FROM sessions_text LIMIT 3\\G'");
        out.println("To add packets:");
        out.println(
                "  gatewatch agent --read FILE --kafka "
                        + servers.broker().address()
                        + " --gateway NAME --close-at-end");
        while (true) {
            servers.requireAlive();
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    private CommandFailure explain(ChildFailure failure) {
        PrintWriter err = spec.commandLine().getErr();
        failure.lastLines().forEach(line -> err.println("  " + line));
        int exitCode =
                switch (failure.exitCode()) {
                    case ExitCode.USAGE, ExitCode.INPUT -> failure.exitCode();
                    default -> ExitCode.FAILED;
                };
        return new CommandFailure(
                exitCode, failure.getMessage() + "; all that it said is in " + failure.log());
    }

    private void progress(String line) {
        double seconds = (System.nanoTime() - startNs) / 1e9;
        spec.commandLine()
                .getErr()
                .println(String.format(Locale.ROOT, "gatewatch demo: %5.1f s  %s", seconds, line));
    }
}
