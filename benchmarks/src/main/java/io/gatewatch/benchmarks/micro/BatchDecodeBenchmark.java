package io.gatewatch.benchmarks.micro;

import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.PacketCursor;
import io.gatewatch.wire.WireFormatException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A batch, every packet of it: per packet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class BatchDecodeBenchmark {
    private static final int BATCHES = 16;
    private static final int FLOWS = 4_096;

    @Param({"1", "2", "8", "30"})
    public int k;

    private final PacketBatch batch = new PacketBatch();
    private final byte[][] batches = new byte[BATCHES][];
    private int next;

    @Setup
    public void build() {
        Slices.batches(k, FLOWS, BATCHES).toArray(batches);
    }

    @Benchmark
    @OperationsPerInvocation(Slices.PACKETS)
    public long decode() throws WireFormatException {
        byte[] bytes = batches[next++ & (BATCHES - 1)];
        batch.wrap(bytes, 0, bytes.length);
        long payload = 0;
        while (batch.nextFlow()) {
            PacketCursor packets = batch.flow().packets();
            while (packets.next()) {
                payload += packets.packet().payloadLength;
            }
        }
        return payload;
    }
}
