package io.gatewatch.job.names;

import static io.gatewatch.job.Captures.START_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.dns.log.DnsLogRow;
import io.gatewatch.job.Captures;
import io.gatewatch.job.dns.DnsFunction;
import io.gatewatch.job.session.FlowKeySerializer;
import io.gatewatch.job.session.FlowSlice;
import io.gatewatch.job.session.KeyedRow;
import io.gatewatch.job.session.SessionOperator;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.job.source.PartitionClock;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.EndReason;
import io.gatewatch.traffic.session.SessionRow;
import io.gatewatch.traffic.session.SessionSettings;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.PacketBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The live job's own steps from packets to named rows, on one clock that the test moves: an answer
 * that a client got just before its session, but that is read 200 ms after the session's packets.
 */
class LateAnswerTest {
    private static final int MAX_PARALLELISM = 16;
    private static final long LATE_MS = 200;
    private static final long ANSWER_NS = START_NS - 50_000_000;
    private static final long FIRST_UPDATE_MS = 10_000;
    private static final int CLIENT_PORT = 40_000;

    private KeyedOneInputStreamOperatorTestHarness<FlowKey, FlowSlice, KeyedRow> sessions;
    private KeyedOneInputStreamOperatorTestHarness<FlowKey, FlowSlice, DnsLogRow> dns;
    private KeyedBroadcastOperatorTestHarness<FlowKey, KeyedRow, BroadcastFact, SessionRow> names;
    private int factsTold;

    @BeforeEach
    void open() throws Exception {
        sessions =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new SessionOperator(SessionSettings.defaults()),
                        FlowSlice::key,
                        FlowKeySerializer.TYPE,
                        MAX_PARALLELISM,
                        1,
                        0);
        dns =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new DnsFunction()),
                        FlowSlice::key,
                        FlowKeySerializer.TYPE,
                        MAX_PARALLELISM,
                        1,
                        0);
        names =
                new KeyedBroadcastOperatorTestHarness<>(
                        new CoBroadcastWithKeyedOperator<>(
                                new NamingFunction(true, 1000, Duration.ofDays(1)),
                                List.of(NamingFunction.NAMES)),
                        KeyedRow::key,
                        FlowKeySerializer.TYPE,
                        MAX_PARALLELISM,
                        1,
                        0);
        sessions.open();
        dns.open();
        names.open();
    }

    @AfterEach
    void close() throws Exception {
        sessions.close();
        dns.close();
        names.close();
    }

    /** Moves the clock of all steps, then hands on what the steps before naming have given. */
    private void setTime(long timeMs) throws Exception {
        sessions.setProcessingTime(timeMs);
        handOn();
        names.setProcessingTime(timeMs);
    }

    private void handOn() throws Exception {
        Queue<Object> rows = sessions.getOutput();
        while (!rows.isEmpty()) {
            if (rows.poll() instanceof StreamRecord<?> record) {
                names.processElement(new StreamRecord<>((KeyedRow) record.getValue()));
            }
        }
        Queue<StreamRecord<BroadcastFact>> facts = dns.getSideOutput(DnsFunction.FACTS);
        while (facts != null && !facts.isEmpty()) {
            names.processBroadcastElement(facts.poll());
            factsTold++;
        }
    }

    private void capture(List<TimedFrame> frames) throws Exception {
        for (FlowSlice slice : slices(frames)) {
            sessions.processElement(new StreamRecord<>(slice));
        }
        handOn();
    }

    private void answer() throws Exception {
        byte[] message =
                Hex.bytes(
                        "12 34 81 80 00 01 00 01 00 00 00 00"
                                + "03 77 77 77 07 65 78 61 6d 70 6c 65 00 00 01 00 01"
                                + "c0 0c 00 01 00 01 00 00 01 2c 00 04 c6 33 64 07");
        byte[] frame =
                FrameBuilder.ethernet(FrameBuilder.GATEWAY_MAC, FrameBuilder.CLIENT_MAC)
                        .ipv4("192.0.2.254", "192.0.2.1")
                        .udp(53, CLIENT_PORT)
                        .payload(message)
                        .build();
        for (FlowSlice slice : slices(List.of(new TimedFrame(ANSWER_NS, frame)))) {
            dns.processElement(new StreamRecord<>(slice));
        }
        handOn();
    }

    private static List<FlowSlice> slices(List<TimedFrame> frames) throws Exception {
        List<FlowSlice> slices = new ArrayList<>();
        PacketBatch batch = new PacketBatch();
        for (BatchRecord record : Captures.batches(frames)) {
            batch.wrap(record.bytes(), 0, record.bytes().length);
            while (batch.nextFlow()) {
                FlowBlock flow = batch.flow();
                slices.add(
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
                                flow.length()));
            }
        }
        return slices;
    }

    private List<String> rows() {
        return names.extractOutputValues().stream()
                .map(row -> row.endReason + " " + row.host + " " + row.hostAgeS)
                .toList();
    }

    @Test
    void shouldNameAnOpenSessionInTheNextRowAfterItsAnswer() throws Exception {
        setTime(1_000);
        TcpConversation conversation = Captures.conversation(CLIENT_PORT).handshake();
        capture(conversation.frames());
        setTime(1_000 + LATE_MS);
        answer();
        assertThat(rows()).isEmpty();

        setTime(1_000 + FIRST_UPDATE_MS);

        assertThat(rows()).containsExactly(EndReason.OPEN + " www.example 0");
        assertThat(factsTold).isEqualTo(1);
    }

    @Test
    void shouldNameAnOpenSessionWhoseFirstRowWasBeforeItsAnswer() throws Exception {
        TcpConversation conversation = Captures.conversation(CLIENT_PORT).handshake();
        int before = conversation.frames().size();
        capture(conversation.frames());
        setTime(FIRST_UPDATE_MS);
        setTime(FIRST_UPDATE_MS + LATE_MS);
        answer();
        List<TimedFrame> more = conversation.clientSends(10).serverSends(900).frames();
        capture(more.subList(before, more.size()));

        setTime(10 * FIRST_UPDATE_MS);

        List<SessionRow> rows = names.extractOutputValues();
        assertThat(rows()).startsWith(EndReason.OPEN + " null " + rows.get(0).hostAgeS);
        assertThat(rows()).endsWith(EndReason.OPEN + " www.example 0");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).sessionId).isEqualTo(rows.get(0).sessionId);
        assertThat(rows.get(1).revision).isGreaterThan(rows.get(0).revision);
    }

    @Test
    void shouldWriteASessionThatJustClosedAgain() throws Exception {
        setTime(1_000);
        capture(Captures.conversation(CLIENT_PORT).handshake().clientSends(10).close().frames());
        setTime(1_000 + LATE_MS);
        answer();
        assertThat(names.extractOutputValues()).hasSize(1);

        setTime(1_000 + NamingFunction.FIRST_LOOK_MS);

        List<SessionRow> rows = names.extractOutputValues();
        assertThat(rows).extracting(row -> row.host).containsExactly(null, "www.example");
        assertThat(rows).extracting(row -> row.endReason).containsOnly(EndReason.FIN);
        assertThat(Arrays.equals(rows.get(0).sessionId, rows.get(1).sessionId)).isTrue();
        assertThat(rows.get(1).revision).isEqualTo(rows.get(0).revision);
    }
}
