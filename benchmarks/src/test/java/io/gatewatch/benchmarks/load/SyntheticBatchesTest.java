package io.gatewatch.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.FlowHash;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.PacketCursor;
import io.gatewatch.wire.WireFormatException;
import io.gatewatch.wire.WirePacket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticBatchesTest {
    private static final int PARTITIONS = 8;
    private static final long MINUTE_NS = 60_000_000_000L;

    private final Map<FlowKey, Integer> packetsOf = new HashMap<>();
    private final Set<Integer> sliceLengths = new HashSet<>();
    private final long[] nextSequence = new long[PARTITIONS];
    private final long[] clocks = new long[PARTITIONS];
    private int dnsBatches;
    private long packets;

    @BeforeEach
    void start() {
        Arrays.fill(clocks, Long.MIN_VALUE);
    }

    private SyntheticBatches synthetic(int k) {
        return new SyntheticBatches(SyntheticBatches.Shape.of(k), this::take);
    }

    private boolean take(BatchTopic topic, int partition, byte[] bytes, int length, int count) {
        if (topic == BatchTopic.DNS) {
            dnsBatches++;
            return true;
        }
        try {
            PacketBatch batch = new PacketBatch();
            batch.wrap(bytes, 0, length);
            assertThat(batch.head().packetCount).isEqualTo(count);
            assertThat(batch.head().sequence).isEqualTo(nextSequence[partition]++);
            assertThat(batch.head().clockNs).isGreaterThan(clocks[partition]);
            assertThat(batch.head().minute).isEqualTo(batch.head().clockNs / MINUTE_NS);
            assertThat(batch.head().baseTimeNs / MINUTE_NS).isEqualTo(batch.head().minute);
            clocks[partition] = batch.head().clockNs;
            while (batch.nextFlow()) {
                takeSlice(batch, partition);
            }
        } catch (WireFormatException e) {
            throw new AssertionError(e);
        }
        return true;
    }

    private void takeSlice(PacketBatch batch, int partition) throws WireFormatException {
        var entry = batch.flow().flow();
        long hash =
                FlowHash.of(
                        FlowHash.ofSite(batch.head().site),
                        entry.protocol,
                        entry.ipVersion,
                        entry.addressAHigh,
                        entry.addressALow,
                        entry.addressBHigh,
                        entry.addressBLow,
                        entry.portA,
                        entry.portB);
        assertThat(FlowHash.partition(hash, PARTITIONS)).isEqualTo(partition);
        FlowKey key = FlowKey.of(batch.head().site, entry, entry.keyVlan);
        assertThat(entry.seenBefore).isEqualTo(packetsOf.containsKey(key));
        PacketCursor cursor = batch.flow().packets();
        while (cursor.next()) {
            packets++;
            assertThat(cursor.packet().timeNs).isLessThanOrEqualTo(batch.head().clockNs);
        }
        packetsOf.merge(key, cursor.packetCount(), Integer::sum);
        sliceLengths.add(cursor.packetCount());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 30})
    void shouldMakeExactlySoManyFlowsOfSoManyPacketsASlice(int k) {
        int flows = 3_000;
        SyntheticBatches synthetic = synthetic(k);
        synthetic.live(flows);

        synthetic.until(2L * flows * k);

        assertThat(packetsOf).hasSize(flows);
        assertThat(sliceLengths).containsExactly(k);
        assertThat(packets).isEqualTo(synthetic.packets()).isGreaterThanOrEqualTo(2L * flows * k);
        assertThat(dnsBatches).isPositive();
    }

    @Test
    void shouldAddFlowsToThoseThatLive() {
        SyntheticBatches synthetic = synthetic(8);
        synthetic.live(100);
        synthetic.until(2_000);
        assertThat(packetsOf).hasSize(100);

        synthetic.live(5_000);
        synthetic.until(200_000);

        assertThat(packetsOf).hasSize(5_000);
    }

    @Test
    void shouldKeepEveryBatchWithinAMinute() {
        SyntheticBatches synthetic =
                new SyntheticBatches(
                        new SyntheticBatches.Shape(8, 500, PARTITIONS, 4, 1_000), this::take);
        synthetic.live(1_000);

        synthetic.until(200_000); // 200 s of capture time

        assertThat(clocks[0] - SyntheticBatches.START_NS).isGreaterThan(3 * MINUTE_NS);
    }

    @Test
    void shouldTalkAsTcpDoes() {
        SyntheticFlow flow = new SyntheticFlow();
        WirePacket packet = new WirePacket();
        long[] next = new long[2];
        for (int i = 0; i < 1_000; i++) {
            flow.packet(i, i, packet);
            int sender = packet.fromB ? 1 : 0;
            assertThat(packet.sequence).as("sequence of packet %d", i).isEqualTo(next[sender]);
            if (i > 0) {
                assertThat(packet.acknowledgement).as("packet %d", i).isEqualTo(next[1 - sender]);
            }
            next[sender] += packet.payloadLength + (packet.tcpFlags & WirePacket.SYN) / 2;
        }
        assertThat(next).containsExactly(1 + 333 * 100L, 1 + 332 * 1_200L);
    }
}
