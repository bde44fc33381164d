package io.gatewatch.benchmarks.micro;

import io.gatewatch.job.session.FlowSlice;
import io.gatewatch.job.session.FlowSliceSerializer;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.WireFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
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

/** The slices of a batch through the serializer of the shuffle, there and back: per packet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class SliceSerializerBenchmark {
    private static final int FLOWS = 4_096;

    @Param({"1", "2", "8", "30"})
    public int k;

    private final FlowSliceSerializer serializer = new FlowSliceSerializer();
    private final DataOutputSerializer out = new DataOutputSerializer(1 << 16);
    private final DataInputDeserializer in = new DataInputDeserializer();
    private final List<FlowSlice> slices = new ArrayList<>();

    @Setup
    public void build() throws WireFormatException {
        slices.addAll(of(Slices.batches(k, FLOWS, 1).get(0)));
    }

    static List<FlowSlice> of(byte[] bytes) throws WireFormatException {
        PacketBatch batch = new PacketBatch();
        batch.wrap(bytes, 0, bytes.length);
        List<FlowSlice> slices = new ArrayList<>();
        while (batch.nextFlow()) {
            FlowBlock flow = batch.flow();
            FlowKey key = FlowKey.of(batch.head().site, flow.flow(), flow.flow().keyVlan);
            slices.add(
                    new FlowSlice(
                            key,
                            batch.head().gateway,
                            batch.head().bootId,
                            batch.head().minute,
                            batch.head().clockNs,
                            batch.head().baseTimeNs,
                            false,
                            false,
                            bytes,
                            flow.offset(),
                            flow.length()));
        }
        return slices;
    }

    @Benchmark
    @OperationsPerInvocation(Slices.PACKETS)
    public FlowSlice thereAndBack() throws IOException {
        out.clear();
        for (int i = 0; i < slices.size(); i++) {
            serializer.serialize(slices.get(i), out);
        }
        in.setBuffer(out.getSharedBuffer(), 0, out.length());
        FlowSlice last = null;
        for (int i = 0; i < slices.size(); i++) {
            last = serializer.deserialize(in);
        }
        return last;
    }
}
