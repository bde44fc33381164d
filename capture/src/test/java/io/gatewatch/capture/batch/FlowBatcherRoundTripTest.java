package io.gatewatch.capture.batch;

import static io.gatewatch.capture.batch.BatcherHarness.MS;
import static io.gatewatch.capture.batch.BatcherHarness.START_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.RecordedBatches.Packet;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.FuzzBytes;
import io.gatewatch.testing.TimedFrame;
import io.gatewatch.wire.WirePacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Random captures: what goes in comes out, whatever the batches look like. */
class FlowBatcherRoundTripTest {
    private static final int FRAMES = 4_000;
    private static final String FLAGS = "SAFRPUEC";

    /** What was put in, as far as it does not depend on decoding. */
    private record Sent(
            String flow,
            long timeNs,
            int payloadLength,
            long sequence,
            long acknowledgement,
            int tcpFlags,
            int window) {}

    private final List<TimedFrame> frames = new ArrayList<>();
    private final List<Sent> expected = new ArrayList<>();
    private Random random;
    private long timeNs = START_NS + 58_000 * MS;

    @BeforeEach
    void makeCapture() {
        random = FuzzBytes.forTest(FlowBatcherRoundTripTest.class).random();
        for (int i = 0; i < FRAMES; i++) {
            timeNs +=
                    random.nextInt(50) == 0 ? random.nextInt(10_000) * MS : random.nextInt(3) * MS;
            timeNs -= random.nextInt(30) == 0 ? random.nextInt(500) * MS : 0;
            addFrame();
        }
    }

    private void addFrame() {
        boolean ipv6 = random.nextInt(4) == 0;
        int client = 1 + random.nextInt(40);
        int server = 1 + random.nextInt(5);
        String clientAddress = ipv6 ? "2001:db8::" + client : "192.0.2." + client;
        String serverAddress = ipv6 ? "2001:db8:1::" + server : "198.51.100." + server;
        int clientPort = 40_000 + random.nextInt(3);
        int serverPort = new int[] {53, 80, 443, 5353}[random.nextInt(4)];
        boolean up = random.nextBoolean();
        boolean tcp = random.nextBoolean();
        int payloadLength = random.nextInt(3) == 0 ? 0 : random.nextInt(1_460);
        FrameBuilder frame = FrameBuilder.ethernet();
        if (random.nextInt(10) == 0) {
            frame.vlan(random.nextInt(3));
        }
        frame.ip(up ? clientAddress : serverAddress, up ? serverAddress : clientAddress);
        int from = up ? clientPort : serverPort;
        int to = up ? serverPort : clientPort;
        long sequence = 0;
        long acknowledgement = 0;
        int flags = 0;
        int window = 0;
        if (tcp) {
            sequence = random.nextInt() & 0xFFFF_FFFFL;
            acknowledgement = random.nextInt() & 0xFFFF_FFFFL;
            String letter = "" + FLAGS.charAt(random.nextInt(FLAGS.length()));
            flags = 1 << "FSRPAUEC".indexOf(letter);
            window = random.nextInt(65_536);
            frame.tcp(from, to)
                    .flags(letter)
                    .sequence(sequence)
                    .acknowledgement(acknowledgement)
                    .window(window);
        } else {
            frame.udp(from, to);
        }
        frames.add(new TimedFrame(timeNs, frame.payload(payloadLength).build()));
        String flow =
                (tcp ? "tcp " : "udp ")
                        + clientAddress
                        + " "
                        + clientPort
                        + " "
                        + serverAddress
                        + " "
                        + serverPort
                        + (up ? " up" : " down");
        expected.add(
                new Sent(flow, timeNs, payloadLength, sequence, acknowledgement, flags, window));
    }

    private static RecordedBatches run(List<TimedFrame> frames, SettingsBuilder settings) {
        return new BatcherHarness(settings).all(frames).end().sent;
    }

    @Test
    void shouldBringOutWhatWasPutInInTheOrderOfEachFlow() {
        RecordedBatches sent = run(frames, new SettingsBuilder().partitions(3, 2));

        Map<String, List<Sent>> in = new TreeMap<>();
        for (Sent packet : expected) {
            in.computeIfAbsent(packet.flow(), flow -> new ArrayList<>()).add(packet);
        }
        Map<String, List<Sent>> out = new TreeMap<>();
        for (Packet packet : sent.packets()) {
            // Clients' addresses sort before servers', so that A is the client.
            String flow = name(packet.flow()) + (packet.fromB() ? " down" : " up");
            out.computeIfAbsent(flow, key -> new ArrayList<>())
                    .add(
                            new Sent(
                                    flow,
                                    packet.timeNs(),
                                    packet.payloadLength(),
                                    packet.sequence(),
                                    packet.acknowledgement(),
                                    packet.tcpFlags(),
                                    packet.window()));
        }
        assertThat(out).isEqualTo(in);
    }

    /** The test's own name of a flow, from how {@link RecordedBatches} describes it. */
    private static String name(String described) {
        String[] words = described.split(" ", -1);
        String protocol = words[0].equals("6") ? "tcp " : "udp ";
        return protocol + end(words[2]) + " " + end(words[3]);
    }

    private static String end(String text) {
        String[] parts = text.split("[/:]", -1);
        long high = Long.parseUnsignedLong(parts[0], 16);
        long low = Long.parseUnsignedLong(parts[1], 16);
        String address;
        if (high == 0) {
            address =
                    (low >> 24)
                            + "."
                            + (low >> 16 & 255)
                            + "."
                            + (low >> 8 & 255)
                            + "."
                            + (low & 255);
        } else {
            String prefix = high == 0x2001_0db8_0000_0000L ? "2001:db8::" : "2001:db8:1::";
            // Addresses were written with decimal digits, which are hexadecimal ones there.
            address = prefix + Long.toHexString(low);
        }
        return address + " " + parts[2];
    }

    @Test
    void shouldMakeTheSameBytesInTwoRuns() {
        SettingsBuilder settings = new SettingsBuilder().partitions(3, 2).maxFlows(50);

        RecordedBatches first = run(frames, settings);
        RecordedBatches second = run(frames, settings);

        assertThat(first.all).hasSameSizeAs(second.all);
        for (int i = 0; i < first.all.size(); i++) {
            assertThat(first.all.get(i).topic()).isEqualTo(second.all.get(i).topic());
            assertThat(first.all.get(i).partition()).isEqualTo(second.all.get(i).partition());
            assertThat(first.all.get(i).bytes()).isEqualTo(second.all.get(i).bytes());
        }
    }

    @Test
    void shouldCarryTheSamePacketsWhateverTheBatches() {
        List<Packet> usual = ordered(run(frames, new SettingsBuilder()));

        assertThat(ordered(run(frames, new SettingsBuilder().packetsPerBatch(1)))).isEqualTo(usual);
        assertThat(ordered(run(frames, new SettingsBuilder().packetsPerBatch(7)))).isEqualTo(usual);
        assertThat(ordered(run(frames, new SettingsBuilder().intervalMs(1)))).isEqualTo(usual);
        assertThat(
                        ordered(
                                run(
                                        frames,
                                        new SettingsBuilder()
                                                .intervalMs(60_000)
                                                .packetsPerBatch(100_000))))
                .isEqualTo(usual);
    }

    /** Flow by flow, each in its order. */
    private static List<Packet> ordered(RecordedBatches sent) {
        Map<String, List<Packet>> flows = new TreeMap<>();
        for (Packet packet : sent.packets()) {
            flows.computeIfAbsent(packet.flow(), flow -> new ArrayList<>())
                    .add(packet.whateverTheBatch());
        }
        return flows.values().stream().flatMap(List::stream).toList();
    }

    @Test
    void shouldShipPayloadAsItWasInTheFrame() {
        for (Packet packet : run(frames, new SettingsBuilder()).packets()) {
            StringBuilder counting = new StringBuilder();
            for (int i = 0; i < packet.payloadLength(); i++) {
                counting.append(String.format("%02x", i & 0xFF));
            }
            assertThat(counting.toString()).startsWith(packet.prefix());
            assertThat(counting.toString()).endsWith(packet.tail());
            boolean cut =
                    packet.prefixLength() > 0 && packet.prefixLength() < packet.payloadLength();
            boolean long8 = packet.payloadLength() >= WirePacket.TAIL_LENGTH;
            assertThat(packet.tail()).hasSize(cut && long8 ? 2 * WirePacket.TAIL_LENGTH : 0);
            if (packet.topic() == BatchTopic.DNS) {
                assertThat(packet.prefixLength()).isEqualTo(packet.payloadLength());
            }
        }
    }
}
