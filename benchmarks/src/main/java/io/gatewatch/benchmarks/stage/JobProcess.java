package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.measure.MetricsPage;
import io.gatewatch.benchmarks.measure.ProcessUse;
import io.gatewatch.benchmarks.measure.Sample;
import io.gatewatch.demo.ChildProcess;
import io.gatewatch.demo.Launcher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code gatewatch job} as a process of its own, and how far it is. */
final class JobProcess implements AutoCloseable {
    /** Metrics of Flink carry the path of what counts them in front of their names. */
    private static final String OPERATOR = "flink_taskmanager_job_task_operator_";

    private static final String NO_DATABASE = "jdbc:mysql://127.0.0.1:1/none";
    private static final int PARALLELISM = 2;

    private final ChildProcess process;
    private final int metricsPort;

    private JobProcess(ChildProcess process, int metricsPort) {
        this.process = process;
        this.metricsPort = metricsPort;
    }

    /** Starts a job whose rows are thrown away, with these options, and waits until it runs. */
    static JobProcess discarding(Path folder, String kafka, int flows, String... more)
            throws Exception {
        List<String> options =
                new ArrayList<>(
                        List.of("--kafka", kafka, "--jdbc-url", NO_DATABASE, "--discard-rows"));
        options.addAll(List.of(more));
        return start(folder, flows, options, Map.of());
    }

    /**
     * Starts a job and waits until it runs.
     *
     * @param flows live at the same time: its heap, and the most sessions that it may hold
     */
    static JobProcess start(
            Path folder, int flows, List<String> options, Map<String, String> environment)
            throws Exception {
        int port = freePort();
        List<String> arguments = new ArrayList<>(List.of("job"));
        arguments.addAll(options);
        arguments.addAll(
                List.of(
                        "--state-dir",
                        folder.resolve("state").toString(),
                        "--parallelism",
                        Integer.toString(PARALLELISM),
                        "--max-sessions",
                        Integer.toString(Math.max(300_000, 2 * flows)),
                        "--metrics-port",
                        Integer.toString(port)));
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("GATEWATCH_HEAP", heapMebibytes(flows) + "m");
        ChildProcess process =
                ChildProcess.start("job", Launcher.find().command(arguments), variables, folder);
        try {
            process.awaitLine("running", Bench.LIMIT);
            return new JobProcess(process, port);
        } catch (InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** The launcher's own heap, and 4 kB for every flow: its session, packet list and snapshot. */
    static int heapMebibytes(int flows) {
        return 1_024 + flows / 256;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** What it has done by now. */
    Sample sample() throws IOException {
        process.requireAlive();
        MetricsPage page = MetricsPage.read(metricsPort);
        return new Sample(
                System.nanoTime(),
                page.sum(OPERATOR + "packets"),
                ProcessUse.cpuNs(process.pid()),
                page.sum("flink_taskmanager_Status_JVM_GarbageCollector_All_Time"));
    }

    /** Sessions in its state by now, those that have ended and linger included. */
    long openSessions() throws IOException {
        return MetricsPage.read(metricsPort).sum(OPERATOR + "openSessions");
    }

    /** Heap in use by now, garbage included. */
    long heapUsedBytes() throws IOException {
        return MetricsPage.read(metricsPort).sum("flink_taskmanager_Status_JVM_Memory_Heap_Used");
    }

    long pid() {
        return process.pid();
    }

    long peakResidentKb() throws IOException {
        return ProcessUse.peakResidentKb(process.pid());
    }

    @Override
    public void close() {
        process.close();
    }
}
