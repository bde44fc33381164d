package io.gatewatch.benchmarks.micro;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.PacketDecoder;
import io.gatewatch.packet.PacketView;
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

/** Headers of one frame, those inside of a tunnel included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class DecodeBenchmark {
    private static final int ETHERNET = 1;
    private static final int FLOWS = 64;

    @Param public Frames frame;

    private final PacketDecoder decoder = new PacketDecoder();
    private final PacketView view = new PacketView();
    private final byte[][] frames = new byte[FLOWS][];
    private int next;

    @Setup
    public void build() {
        for (int i = 0; i < FLOWS; i++) {
            frames[i] = frame.build(i);
        }
    }

    @Benchmark
    public DecodeOutcome decode() {
        byte[] bytes = frames[next++ & (FLOWS - 1)];
        DecodeOutcome outcome =
                decoder.decode(ETHERNET, bytes, 0, bytes.length, bytes.length, view);
        while (outcome == DecodeOutcome.DECODED && decoder.enterTunnel(view)) {
            outcome = decoder.decodeInner(view);
        }
        return outcome;
    }
}
