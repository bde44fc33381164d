package io.gatewatch.benchmarks.micro;

import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.wire.CaptureInterface;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A frame into batches: decoded, grouped by flow, encoded; what a batch costs is spread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class BatcherBenchmark {
    private static final int ETHERNET = 1;
    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final long STEP_NS = 1_000;

    @Param({"TCP", "UDP", "VLANS", "VXLAN", "FRAGMENT", "IPV6_EXTENSIONS", "ICMP_ERROR"})
    public Frames frame;

    @Param({"64", "16384"})
    public int flows;

    private long bytes;
    private final FlowBatcher batcher =
            new FlowBatcher(
                    BatchSettings.builder("bench", "bench").partitions(8, 4).build(),
                    new CaptureCounters(),
                    (topic, partition, batch, length, packets) -> {
                        bytes += length;
                        return true;
                    });
    private byte[][] frames;
    private int next;
    private long timeNs = START_NS;

    @Setup
    public void build() {
        batcher.interfaces(List.of(new CaptureInterface("eth0", ETHERNET)));
        frames = new byte[flows][];
        for (int i = 0; i < flows; i++) {
            frames[i] = frame.build(i);
        }
    }

    @Benchmark
    public long batch() {
        byte[] captured = frames[next++ & (flows - 1)];
        batcher.frame(0, timeNs, captured, 0, captured.length, captured.length);
        timeNs += STEP_NS;
        return bytes;
    }
}
