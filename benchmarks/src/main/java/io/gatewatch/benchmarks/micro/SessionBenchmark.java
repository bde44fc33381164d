package io.gatewatch.benchmarks.micro;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.SessionMachine;
import io.gatewatch.traffic.session.SessionOutput;
import io.gatewatch.traffic.session.SessionRow;
import io.gatewatch.traffic.session.SessionSettings;
import io.gatewatch.traffic.session.SessionState;
import io.gatewatch.traffic.session.SliceContext;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.WireFormatException;
import java.util.List;
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

/**
 * One connection of {@value Slices#PACKETS} packets through the session machine, from its handshake
 * on, in slices of k: per packet.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class SessionBenchmark implements SessionOutput {
    private static final long WATERMARK_LAG_NS = 60_000_000_000L;

    @Param({"1", "2", "8", "30"})
    public int k;

    @Param public Packets.Order order;

    private final SessionMachine machine = new SessionMachine(SessionSettings.defaults());
    private final FlowBlock view = new FlowBlock();
    private final SliceContext context = new SliceContext();
    private FlowKey key;
    private List<Packets.Block> blocks;

    /** What the machine asked for, so that none of it is optimised away. */
    public long timers;

    @Setup
    public void build() {
        context.gateway = "bench";
        blocks = Packets.slices(k, order, Slices.PACKETS);
        key = Packets.key();
    }

    @Benchmark
    @OperationsPerInvocation(Slices.PACKETS)
    public SessionState connection() throws WireFormatException {
        SessionState state = null;
        for (int i = 0; i < blocks.size(); i++) {
            Packets.Block block = blocks.get(i);
            view.wrap(block.bytes, 0, block.bytes.length, block.baseTimeNs, false);
            context.watermarkNs = block.baseTimeNs - WATERMARK_LAG_NS;
            state = machine.onFlow(key, state, view, context, this);
        }
        return state;
    }

    @Override
    public void emit(SessionRow row) {
        timers += row.revision;
    }

    @Override
    public void remind(SessionRow row) {}

    @Override
    public void wakeAtEventTime(long timeNs, long replacedNs) {
        timers++;
    }

    @Override
    public void cancelEventTime(long timeNs) {
        timers++;
    }

    @Override
    public void wakeAtProcessingTime(long timeMs) {
        timers++;
    }

    @Override
    public void cancelProcessingTime(long timeMs) {
        timers++;
    }
}
