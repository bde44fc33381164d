package io.gatewatch.dns.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.dns.names.NameFact;
import io.gatewatch.dns.names.NameSource;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.CaptureInterface;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.WireFormatException;
import io.gatewatch.wire.address.IpAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Frames, through the real batcher, to the log and the names. */
class DnsFlowReaderTest {
    private static final String CLIENT = "10.0.0.9";
    private static final String SERVER = "10.0.0.53";
    private static final String CLIENT_MAC = "02:00:00:00:00:09";
    private static final String SERVER_MAC = "02:00:00:00:00:53";
    private static final long MAC_OF_CLIENT = 0x0200_0000_0009L;
    private static final long T = 1_700_000_000_123_456_789L;
    private static final long MS = 1_000_000;

    private final DnsFlowReader reader = new DnsFlowReader();
    private final List<DnsLogRow> rows = new ArrayList<>();
    private final List<NameFact> names = new ArrayList<>();
    private final Map<FlowKey, DnsFlowState> kept = new HashMap<>();

    private final DnsFlowReader.Output output =
            new DnsFlowReader.Output() {
                @Override
                public void row(DnsLogRow row) {
                    rows.add(row);
                }

                @Override
                public void name(NameFact fact) {
                    names.add(fact);
                }
            };

    private static Message query(String name) throws IOException {
        Message query =
                Message.newQuery(Record.newRecord(Name.fromString(name + "."), Type.A, DClass.IN));
        query.getHeader().setID(4711);
        return query;
    }

    private static Message response(String name, String... addresses) throws IOException {
        Message response = query(name);
        response.getHeader().setFlag(Flags.QR);
        for (String address : addresses) {
            response.addRecord(
                    new ARecord(
                            Name.fromString(name + "."),
                            DClass.IN,
                            300,
                            IpAddress.parse(address).toBytes()),
                    Section.ANSWER);
        }
        return response;
    }

    private static byte[] framed(Message... messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Message message : messages) {
            byte[] wire = message.toWire();
            bytes.write(wire.length >>> 8);
            bytes.write(wire.length);
            bytes.writeBytes(wire);
        }
        return bytes.toByteArray();
    }

    private static byte[] fromClient(Message message) {
        return FrameBuilder.ethernet(CLIENT_MAC, SERVER_MAC)
                .ipv4(CLIENT, SERVER)
                .udp(40000, 53)
                .payload(message.toWire())
                .build();
    }

    private static byte[] fromServer(byte[] payload) {
        return FrameBuilder.ethernet(SERVER_MAC, CLIENT_MAC)
                .ipv4(SERVER, CLIENT)
                .udp(53, 40000)
                .payload(payload)
                .build();
    }

    private void read(byte[]... frames) throws WireFormatException {
        List<TimedFrame> timed = new ArrayList<>();
        for (int i = 0; i < frames.length; i++) {
            timed.add(new TimedFrame(T + i * MS, frames[i]));
        }
        read(timed);
    }

    private void read(List<TimedFrame> frames) throws WireFormatException {
        List<byte[]> batches = new ArrayList<>();
        FlowBatcher batcher =
                new FlowBatcher(
                        BatchSettings.defaults("home", "gw1", 1),
                        new CaptureCounters(),
                        (topic, partition, bytes, length, packets) -> {
                            if (packets > 0) {
                                assertThat(topic).isEqualTo(BatchTopic.DNS);
                                batches.add(Arrays.copyOf(bytes, length));
                            }
                            return true;
                        });
        batcher.interfaces(List.of(new CaptureInterface("eth0", 1)));
        for (TimedFrame frame : frames) {
            byte[] bytes = frame.bytes();
            batcher.frame(0, frame.timeNs(), bytes, 0, bytes.length, bytes.length);
        }
        batcher.endOfCapture(true);
        PacketBatch batch = new PacketBatch();
        for (byte[] bytes : batches) {
            batch.wrap(bytes, 0, bytes.length);
            while (batch.nextFlow()) {
                FlowKey key = FlowKey.of("home", batch.flow().flow(), FlowKey.NO_VLAN);
                DnsFlowState after =
                        reader.read(
                                key, "gw1", batch.flow(), kept.get(key), Long.MIN_VALUE, output);
                kept.put(key, after);
            }
        }
    }

    private static List<String> text(List<DnsLogRow> rows) {
        return rows.stream().map(DnsFlowReaderTest::text).toList();
    }

    private static String text(DnsLogRow row) {
        return String.join(
                " ",
                row.transaction(),
                row.transport.text(),
                row.name,
                row.type,
                row.rdata == null ? "-" : row.rdata,
                Long.toString(row.ttl),
                Integer.toString(row.rcode));
    }

    @Test
    void shouldLogQueryAndAnswersUnderTheClient() throws IOException, WireFormatException {
        read(
                fromClient(query("www.example")),
                fromServer(response("www.example", "192.0.2.1", "192.0.2.2").toWire()));

        assertThat(text(rows))
                .containsExactly(
                        "query udp www.example A - -1 -1",
                        "response udp www.example A 192.0.2.1 300 0",
                        "response udp www.example A 192.0.2.2 300 0");
        assertThat(rows)
                .allSatisfy(
                        row -> {
                            assertThat(row.clientIp).isEqualTo(IpAddress.parse(CLIENT).toBytes());
                            assertThat(row.serverIp).isEqualTo(IpAddress.parse(SERVER).toBytes());
                            assertThat(row.clientMac).isEqualTo(MAC_OF_CLIENT);
                            assertThat(row.transactionId).isEqualTo(4711);
                            assertThat(row.gateway).isEqualTo("gw1");
                        });
        assertThat(rows).extracting(row -> row.timeNs).containsExactly(T, T + MS, T + MS);
        assertThat(rows.stream().map(row -> Arrays.toString(row.dnsId)).distinct()).hasSize(3);
        assertThat(names)
                .extracting(NameFact::client, NameFact::name, NameFact::source, NameFact::timeNs)
                .containsOnly(
                        org.assertj.core.groups.Tuple.tuple(
                                IpAddress.parse(CLIENT), "www.example", NameSource.DNS, T + MS));
    }

    @Test
    void shouldMakeTheSameIdsOnEveryRun() throws IOException, WireFormatException {
        byte[] answer = fromServer(response("www.example", "192.0.2.1", "192.0.2.2").toWire());
        read(answer);
        read(answer);

        assertThat(rows).hasSize(4);
        assertThat(rows.get(2).dnsId).isEqualTo(rows.get(0).dnsId);
        assertThat(rows.get(3).dnsId).isEqualTo(rows.get(1).dnsId);
        assertThat(new java.math.BigInteger(1, Arrays.copyOf(rows.get(0).dnsId, 6)))
                .isEqualTo(1_700_000_000_123L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc"})
    void shouldNotCutRecordDataInsideAnEscape(String before) throws Exception {
        List<String> strings = new ArrayList<>(List.of(before));
        for (int i = 0; i < 20; i++) {
            strings.add("\\255".repeat(250));
        }
        Message response = query("big.example");
        response.getHeader().setFlag(Flags.QR);
        response.addRecord(
                new TXTRecord(Name.fromString("big.example."), DClass.IN, 300, strings),
                Section.ANSWER);

        read(
                TcpConversation.between(CLIENT, 40000, SERVER, 53)
                        .handshake()
                        .serverSends(framed(response))
                        .frames());

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).rdata)
                .hasSizeBetween(DnsLogRow.MAX_RDATA_LENGTH - 3, DnsLogRow.MAX_RDATA_LENGTH)
                .endsWith("\\255");
    }

    @Test
    void shouldLogAResponseWithoutAnswers() throws IOException, WireFormatException {
        Message nothing = response("nowhere.example");
        nothing.getHeader().setRcode(Rcode.NXDOMAIN);

        read(fromServer(nothing.toWire()));

        assertThat(text(rows)).containsExactly("response udp nowhere.example A - -1 3");
        assertThat(names).isEmpty();
    }

    @Test
    void shouldReadMessagesAcrossSegmentsAndSeveralInOne() throws IOException, WireFormatException {
        byte[] answers =
                framed(response("a.example", "192.0.2.1"), response("b.example", "192.0.2.2"));
        TcpConversation tcp =
                TcpConversation.between(CLIENT, 40000, SERVER, 53)
                        .handshake()
                        .clientSends(framed(query("a.example"), query("b.example")))
                        .serverSends(Arrays.copyOfRange(answers, 0, 30))
                        .serverSends(Arrays.copyOfRange(answers, 30, answers.length))
                        .swapLastTwo();

        read(tcp.frames());

        assertThat(text(rows))
                .containsExactly(
                        "query tcp a.example A - -1 -1",
                        "query tcp b.example A - -1 -1",
                        "response tcp a.example A 192.0.2.1 300 0",
                        "response tcp b.example A 192.0.2.2 300 0");
        assertThat(reader.incomplete()).isZero();
    }

    @Test
    void shouldGoOnWithAStreamThatWasWritten() throws IOException, WireFormatException {
        byte[] answer = framed(response("a.example", "192.0.2.1"));
        List<TimedFrame> frames =
                TcpConversation.between(CLIENT, 40000, SERVER, 53)
                        .handshake()
                        .serverSends(Arrays.copyOfRange(answer, 0, 20))
                        .serverSends(Arrays.copyOfRange(answer, 20, answer.length))
                        .frames();

        read(frames.subList(0, 4));
        assertThat(rows).isEmpty();
        for (Map.Entry<FlowKey, DnsFlowState> entry : kept.entrySet()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            entry.getValue().write(new DataOutputStream(bytes));
            entry.setValue(
                    DnsFlowState.read(
                            new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
        }
        read(frames.subList(4, frames.size()));

        assertThat(text(rows)).containsExactly("response tcp a.example A 192.0.2.1 300 0");
    }

    @Test
    void shouldReadMessagesInFragments() throws IOException, WireFormatException {
        Message large = response("www.example", "192.0.2.1");
        for (int i = 0; i < 10; i++) {
            large.addRecord(
                    new TXTRecord(
                            Name.fromString("t" + i + ".example."), DClass.IN, 60, "x".repeat(200)),
                    Section.ANSWER);
        }
        byte[] payload = large.toWire(65_535);
        byte[] datagram =
                FrameBuilder.withoutLink()
                        .ipv4(SERVER, CLIENT)
                        .udp(53, 40000)
                        .payload(payload)
                        .build();
        byte[] udp = Arrays.copyOfRange(datagram, 20, datagram.length);
        byte[] first =
                FrameBuilder.ethernet(SERVER_MAC, CLIENT_MAC)
                        .ipv4(SERVER, CLIENT)
                        .identification(77)
                        .fragment(0, true)
                        .protocol(17)
                        .payload(Arrays.copyOfRange(udp, 0, 1480))
                        .build();
        byte[] second =
                FrameBuilder.ethernet(SERVER_MAC, CLIENT_MAC)
                        .ipv4(SERVER, CLIENT)
                        .identification(77)
                        .fragment(1480, false)
                        .protocol(17)
                        .payload(Arrays.copyOfRange(udp, 1480, udp.length))
                        .build();

        read(first, second);

        assertThat(kept.values()).as("the beginning does not wait").containsOnlyNulls();
        assertThat(rows).hasSize(11);
        assertThat(text(rows.get(0))).isEqualTo("response udp www.example A 192.0.2.1 300 0");
        assertThat(reader.malformed()).isZero();
    }

    @Test
    void shouldCountWhatIsNoMessageAndReadTheNext() throws IOException, WireFormatException {
        read(
                fromServer(new byte[] {1, 2, 3}),
                fromServer(Arrays.copyOf(response("a.example", "192.0.2.1").toWire(), 20)),
                fromServer(response("b.example", "192.0.2.1").toWire()));

        assertThat(reader.malformed()).isEqualTo(2);
        assertThat(text(rows)).containsExactly("response udp b.example A 192.0.2.1 300 0");
    }

    @Test
    void shouldReadTheBeginningOfAMessageWhoseEndDoesNotCome()
            throws IOException, WireFormatException {
        byte[] whole = response("a.example", "192.0.2.1", "192.0.2.2").toWire();
        read(fromServer(Arrays.copyOf(whole, whole.length - 5)));
        assertThat(rows).as("the rest may still come").isEmpty();
        FlowKey key = kept.keySet().iterator().next();
        DnsFlowState state = kept.get(key);
        assertThat(state.nextNs()).isEqualTo(T + DnsFlowState.BEGINNING_NS);

        assertThat(reader.onTime(key, state, state.nextNs() - 1, output)).isSameAs(state);
        assertThat(rows).isEmpty();
        assertThat(reader.onTime(key, state, state.nextNs(), output)).isNull();

        assertThat(text(rows)).containsExactly("response udp a.example A 192.0.2.1 300 0");
        assertThat(reader.incomplete()).isEqualTo(1);
    }

    @Test
    void shouldNotKeepMoreBeginningsThanTheBound() throws IOException, WireFormatException {
        byte[][] frames = new byte[DnsFlowState.MAX_BEGINNINGS + 2][];
        for (int i = 0; i < frames.length; i++) {
            byte[] whole = response("h" + i + ".example", "192.0.2.1").toWire();
            frames[i] = fromServer(Arrays.copyOf(whole, whole.length - 2));
        }

        read(frames);

        assertThat(rows).extracting(row -> row.name).containsExactly("h0.example", "h1.example");
    }

    @Test
    void shouldCutRecordDataThatIsTooLong() throws IOException, WireFormatException {
        Message large = response("www.example");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            texts.add("x".repeat(255));
        }
        large.addRecord(
                new TXTRecord(Name.fromString("www.example."), DClass.IN, 60, texts),
                Section.ANSWER);

        read(
                TcpConversation.between(CLIENT, 40000, SERVER, 53)
                        .handshake()
                        .serverSends(framed(large))
                        .frames());

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).rdata).hasSize(DnsLogRow.MAX_RDATA_LENGTH);
    }

    @Test
    void shouldTellLocalProtocolsApart() throws IOException, WireFormatException {
        Message announcement = response("printer.local", "10.0.0.7");
        announcement.removeAllRecords(Section.QUESTION);
        read(
                FrameBuilder.ethernet(CLIENT_MAC, "01:00:5e:00:00:fb")
                        .ipv4("10.0.0.7", "224.0.0.251")
                        .udp(5353, 5353)
                        .payload(announcement.toWire())
                        .build(),
                FrameBuilder.ethernet(CLIENT_MAC, "01:00:5e:00:00:fc")
                        .ipv4("10.0.0.9", "224.0.0.252")
                        .udp(50000, 5355)
                        .payload(query("laptop").toWire())
                        .build());

        assertThat(text(rows))
                .containsExactly(
                        "response mdns printer.local A 10.0.0.7 300 0",
                        "query llmnr laptop A - -1 -1");
        assertThat(names)
                .singleElement()
                .satisfies(fact -> assertThat(fact.client()).isNull())
                .satisfies(fact -> assertThat(fact.source()).isEqualTo(NameSource.MDNS));
    }

    @Test
    void shouldTakeAnAnswerOfAResolverForNoMulticast() throws IOException, WireFormatException {
        for (int clientPort : new int[] {5353, 5355}) {
            read(
                    FrameBuilder.ethernet(SERVER_MAC, CLIENT_MAC)
                            .ipv4(SERVER, CLIENT)
                            .udp(53, clientPort)
                            .payload(response("www.example", "192.0.2.1").toWire())
                            .build());
        }

        assertThat(text(rows))
                .containsOnly("response udp www.example A 192.0.2.1 300 0")
                .hasSize(2);
        assertThat(names).extracting(NameFact::source).containsOnly(NameSource.DNS);
    }

    @Test
    void shouldKeepNothingOfASegmentWithoutPayload() throws IOException, WireFormatException {
        List<TimedFrame> frames =
                TcpConversation.between(CLIENT, 40000, SERVER, 53)
                        .handshake()
                        .clientCloses()
                        .frames();

        read(frames.subList(2, frames.size()));
        assertThat(kept.values()).as("ACK and FIN").containsOnlyNulls();

        read(frames.subList(0, 1));
        assertThat(kept.values()).as("SYN").doesNotContainNull();
    }

    @Test
    void shouldForgetTheStreamsOfAConnectionThatIsReset() throws IOException, WireFormatException {
        read(
                TcpConversation.between(CLIENT, 40000, SERVER, 53)
                        .handshake()
                        .serverSends(framed(response("a.example", "192.0.2.1")))
                        .serverSends(new byte[] {0, 50, 1})
                        .serverResets()
                        .frames());

        assertThat(text(rows)).containsExactly("response tcp a.example A 192.0.2.1 300 0");
        assertThat(kept.values()).hasSize(1).containsOnlyNulls();
    }

    @Test
    void shouldReadARowThatWasWritten() throws IOException, WireFormatException {
        read(
                fromClient(query("www.example")),
                fromServer(response("www.example", "192.0.2.1").toWire()));
        for (DnsLogRow row : rows) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            row.write(new DataOutputStream(bytes));

            DnsLogRow read =
                    DnsLogRow.read(
                            new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

            assertThat(read).usingRecursiveComparison().isEqualTo(row);
        }
    }
}
