package io.gatewatch.capture.batch;

import static io.gatewatch.capture.batch.BatcherHarness.START_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.wire.BatchHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ICMP errors say is told to the flow that they quote, and is no packet of it. */
class FlowBatcherReportTest {
    private static final long UNREACHABLE = PacketAnomaly.ICMP_UNREACHABLE.bit();
    private static final String QUERY = "17 v4 0/c0000201:40000 0/c6336401:53";
    private static final String ERROR = "1 v4 0/cb007109:3 0/c0000201:1";

    private final BatcherHarness h = new BatcherHarness();

    private static FrameBuilder query(FrameBuilder frame) {
        return frame.ipv4("192.0.2.1", "198.51.100.1").udp(40_000, 53).payload(30);
    }

    private static FrameBuilder query() {
        return query(FrameBuilder.ethernet());
    }

    private static FrameBuilder unreachable() {
        return unreachable(FrameBuilder.ethernet());
    }

    private static FrameBuilder unreachable(FrameBuilder frame) {
        byte[] quoted = query(FrameBuilder.withoutLink()).build();
        return frame.ipv4("203.0.113.9", "192.0.2.1").icmp(3, 1).payload(Arrays.copyOf(quoted, 28));
    }

    @Test
    void shouldTellTheQuotedFlowInItsPartition() {
        h.at(0, query()).at(5, unreachable()).at(9, query()).at(11, unreachable()).end();

        assertThat(h.sent.reports())
                .containsExactly(
                        new RecordedBatches.Report(
                                BatchTopic.DNS, 0, QUERY, 1, START_NS + 5_000_000, UNREACHABLE),
                        new RecordedBatches.Report(
                                BatchTopic.DNS, 0, QUERY, 2, START_NS + 11_000_000, UNREACHABLE));
        assertThat(h.sent.packets())
                .extracting(RecordedBatches.Packet::flow)
                .containsExactlyInAnyOrder(QUERY, QUERY, ERROR, ERROR);
        assertThat(h.counters.shippedPackets()).isEqualTo(4);
    }

    @Test
    void shouldSendABatchOfAReportAlone() {
        h.at(7, unreachable()).at(300, BatcherHarness.udp(5)).end();

        List<RecordedBatches.Batch> dns = h.sent.of(BatchTopic.DNS, 0);
        BatchHead head = dns.get(0).head();
        assertThat(head.packetCount).isZero();
        assertThat(head.flowCount).isEqualTo(1);
        assertThat(head.baseTimeNs).isEqualTo(START_NS + 7_000_000);
        assertThat(head.minute).isEqualTo(BatcherHarness.START_MINUTE);
        assertThat(head.clockNs).isEqualTo(START_NS + 300_000_000);
        assertThat(h.sent.reports()).hasSize(1);
    }

    @Test
    void shouldNotTakeAReportForHavingSeenTheFlow() {
        h.at(0, unreachable()).at(1_000, query()).at(2_000, query()).end();

        assertThat(h.sent.packets())
                .filteredOn(packet -> packet.flow().equals(QUERY))
                .extracting(RecordedBatches.Packet::seenBefore)
                .containsExactly(false, true);
    }

    @Test
    void shouldNotMixMinutes() {
        h.at(0, query()).at(60_000, unreachable()).end();

        assertThat(h.sent.of(BatchTopic.DNS, 0))
                .filteredOn(batch -> batch.head().flowCount > 0)
                .extracting(batch -> batch.head().minute - BatcherHarness.START_MINUTE)
                .containsExactly(0L, 1L);
    }

    @Test
    void shouldKeepVlansApartWhereTheyAreInTheKey() {
        BatcherHarness keyed = new BatcherHarness(new SettingsBuilder().keyVlan());
        keyed.at(0, query(FrameBuilder.ethernet().vlan(7)))
                .at(1, unreachable(FrameBuilder.ethernet().vlan(7)))
                .at(2, unreachable(FrameBuilder.ethernet().vlan(8)))
                .end();

        assertThat(keyed.sent.reports())
                .extracting(RecordedBatches.Report::position)
                .containsExactly(1, 0);
    }

    @Test
    void shouldMakeTheSameReportsAtAnyInterval() {
        List<Object> results = new ArrayList<>();
        for (int intervalMs : new int[] {1, 200, 60_000}) {
            BatcherHarness each = new BatcherHarness(new SettingsBuilder().intervalMs(intervalMs));
            for (int i = 0; i < 100; i++) {
                each.at(i * 70L, i % 3 == 0 ? unreachable() : query());
            }
            each.end();
            results.add(each.sent.reports().stream().map(RecordedBatches.Report::timeNs).toList());
        }

        assertThat((List<?>) results.get(0)).hasSize(34);
        assertThat(results).containsOnly(results.get(0));
    }
}
