package io.gatewatch.job.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.dns.log.DnsLogRow;
import io.gatewatch.job.Captures;
import io.gatewatch.job.session.FlowKeySerializer;
import io.gatewatch.job.session.FlowSlice;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.job.source.PartitionClock;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.PacketBatch;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the step keeps, with place for two flows. */
class DnsFunctionTest {
    private static final int MAX_STREAMS = 2;
    private static final int MAX_PARALLELISM = 16;
    private static final String CLIENT = "192.0.2.1";
    private static final String SERVER = "192.0.2.254";

    /** An answer without its last two bytes. */
    private static final byte[] BEGINNING =
            Hex.bytes(
                    "12 34 81 80 00 01 00 01 00 00 00 00"
                            + "03 77 77 77 07 65 78 61 6d 70 6c 65 00 00 01 00 01"
                            + "c0 0c 00 01 00 01 00 00 01 2c 00 04 c6 33");

    private DnsFunction function;
    private KeyedOneInputStreamOperatorTestHarness<FlowKey, FlowSlice, DnsLogRow> step;

    @BeforeEach
    void begin() throws Exception {
        create();
        step.open();
    }

    @AfterEach
    void end() throws Exception {
        step.close();
    }

    private void create() throws Exception {
        function = new DnsFunction(MAX_STREAMS);
        step =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(function),
                        FlowSlice::key,
                        FlowKeySerializer.TYPE,
                        MAX_PARALLELISM,
                        1,
                        0);
    }

    private static TcpConversation connection(int port) {
        return TcpConversation.between(CLIENT, port, SERVER, 53).clientSyn();
    }

    private void opens(int port) throws Exception {
        capture(connection(port).frames());
    }

    private void resets(int port) throws Exception {
        List<TimedFrame> frames = connection(port).clientResets().frames();
        capture(frames.subList(1, frames.size()));
    }

    private void beginsAnAnswer(int port) throws Exception {
        byte[] frame =
                FrameBuilder.ethernet(FrameBuilder.GATEWAY_MAC, FrameBuilder.CLIENT_MAC)
                        .ipv4(SERVER, CLIENT)
                        .udp(53, port)
                        .payload(BEGINNING)
                        .build();
        capture(List.of(new TimedFrame(Captures.START_NS, frame)));
    }

    private void capture(List<TimedFrame> frames) throws Exception {
        PacketBatch batch = new PacketBatch();
        for (BatchRecord record : Captures.batches(frames)) {
            batch.wrap(record.bytes(), 0, record.bytes().length);
            while (batch.nextFlow()) {
                FlowBlock flow = batch.flow();
                step.processElement(
                        new StreamRecord<>(
                                new FlowSlice(
                                        FlowKey.of("site", flow.flow(), FlowKey.NO_VLAN),
                                        "gateway",
                                        batch.head().bootId,
                                        batch.head().minute,
                                        PartitionClock.NO_WATERMARK,
                                        batch.head().baseTimeNs,
                                        false,
                                        false,
                                        record.bytes(),
                                        flow.offset(),
                                        flow.length())));
            }
        }
    }

    @Test
    void shouldKeepNoMoreFlowsThanTheBound() throws Exception {
        opens(40_001);
        beginsAnAnswer(40_002);
        opens(40_003);
        opens(40_001);

        assertThat(step.numKeyedStateEntries()).isEqualTo(MAX_STREAMS);
        assertThat(step.numEventTimeTimers()).isEqualTo(MAX_STREAMS);
        assertThat(function.notKept()).isEqualTo(1);

        resets(40_001);
        opens(40_003);

        assertThat(step.numKeyedStateEntries()).isEqualTo(MAX_STREAMS);
        assertThat(step.numEventTimeTimers()).as("none of what is gone").isEqualTo(MAX_STREAMS);
        assertThat(function.notKept()).isEqualTo(1);
    }

    @Test
    void shouldTellAtOnceWhatCannotWait() throws Exception {
        opens(40_001);
        opens(40_002);
        beginsAnAnswer(40_003);

        assertThat(step.extractOutputValues())
                .extracting(row -> row.name)
                .containsExactly("www.example");
        assertThat(function.notKept()).isEqualTo(1);
    }

    @Test
    void shouldMakePlaceWhenFlowsEndByTime() throws Exception {
        opens(40_001);
        opens(40_002);
        step.processWatermark(Captures.START_NS / 1_000_000 + 700_000);
        assertThat(step.numKeyedStateEntries()).isZero();

        opens(40_003);
        opens(40_004);

        assertThat(function.notKept()).isZero();
    }

    @Test
    void shouldNotCountBelowZeroAfterARestore() throws Exception {
        opens(40_001);
        opens(40_002);
        OperatorSubtaskState state = step.snapshot(1, 1);
        step.close();
        create();
        step.initializeState(state);
        step.open();

        resets(40_001);
        resets(40_002);
        opens(40_003);
        opens(40_004);
        opens(40_005);

        assertThat(step.numKeyedStateEntries()).isEqualTo(MAX_STREAMS);
        assertThat(function.notKept()).isEqualTo(1);
    }
}
