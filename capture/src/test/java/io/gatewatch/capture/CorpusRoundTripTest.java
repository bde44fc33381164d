package io.gatewatch.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.capture.file.CaptureFormatException;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.capture.file.CapturedFrame;
import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.PacketDecoder;
import io.gatewatch.packet.PacketView;
import io.gatewatch.testing.Corpus;
import io.gatewatch.wire.FlowEntry;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.PacketCursor;
import io.gatewatch.wire.WireFormatException;
import io.gatewatch.wire.WirePacket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Real captures: what the decoder says of each frame is what comes out of the batches. The corpus
 * is not part of the project; without it there is nothing to test.
 */
class CorpusRoundTripTest {
    @TestFactory
    Stream<DynamicTest> shouldBringOutWhatTheDecoderSays() throws IOException {
        assumeTrue(Corpus.exists(), "no corpus at " + Corpus.folder());
        List<Path> captures;
        try (Stream<Path> files = Files.list(Corpus.folder())) {
            captures = files.filter(CorpusRoundTripTest::isCapture).sorted().toList();
        }
        return captures.stream()
                .map(file -> DynamicTest.dynamicTest("" + file.getFileName(), () -> check(file)));
    }

    private static boolean isCapture(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".pcap") || name.endsWith(".pcapng");
    }

    private static void check(Path file) throws IOException {
        List<String> expected;
        Set<String> fragments = new HashSet<>();
        try {
            expected = decode(file, fragments);
        } catch (CaptureFormatException e) {
            return; // refused with a reason: the reader's tests look after it
        }
        List<String> batched = new ArrayList<>();
        CaptureCounters counters = new CaptureCounters();
        FlowBatcher batcher =
                new FlowBatcher(
                        BatchSettings.defaults("home", "gw-1", 7),
                        counters,
                        (topic, partition, bytes, length, packets) ->
                                batched.addAll(packetsOf(bytes, length, topic, fragments)));
        try (CaptureReader reader = CaptureReader.open(file)) {
            CaptureFeed feed = new CaptureFeed(reader, batcher);
            while (feed.read()) {
                feed.ship();
            }
            batcher.endOfCapture(false);
        }

        if (counters.fragmentWithoutFirst() == 0) {
            assertThat(batched).containsExactlyInAnyOrderElementsOf(expected);
        } else {
            assertThat(expected).containsAll(batched);
            assertThat(expected.size() - batched.size())
                    .isEqualTo((int) counters.fragmentWithoutFirst());
        }
        assertThat(counters.captured() + counters.decapsulated())
                .isEqualTo(counters.shippedPackets() + counters.ignored() + counters.undecodable());
    }

    private static List<String> decode(Path file, Set<String> fragments) throws IOException {
        List<String> packets = new ArrayList<>();
        PacketDecoder decoder = new PacketDecoder();
        PacketView view = new PacketView();
        CapturedFrame frame = new CapturedFrame();
        try (CaptureReader reader = CaptureReader.open(file)) {
            while (reader.next(frame)) {
                int linkType = reader.interfaces().get(frame.interfaceIndex).linkType();
                DecodeOutcome outcome =
                        decoder.decode(
                                linkType,
                                frame.bytes,
                                frame.offset,
                                frame.capturedLength,
                                frame.originalLength,
                                view);
                while (outcome == DecodeOutcome.DECODED && frame.timeNs >= 0) {
                    packets.add(describe(frame.timeNs, view, fragments));
                    if (!decoder.enterTunnel(view)) {
                        break;
                    }
                    outcome = decoder.decodeInner(view);
                }
            }
        }
        return packets;
    }

    private static String describe(long timeNs, PacketView v, Set<String> fragments) {
        String source = Long.toHexString(v.sourceHigh) + "/" + Long.toHexString(v.sourceLow);
        String destination =
                Long.toHexString(v.destinationHigh) + "/" + Long.toHexString(v.destinationLow);
        if (v.isFragment()) {
            fragments.add(join(timeNs, source, destination, v.ipLength));
        }
        return describe(
                fragments,
                timeNs,
                v.protocol,
                source,
                v.sourcePort,
                destination,
                v.destinationPort,
                v.ipLength,
                v.transportHeaderLength,
                v.payloadLength,
                v.sequence,
                v.acknowledgement,
                v.tcpFlags,
                v.window,
                v.anomalies,
                v.sourceMac,
                v.vlanTags);
    }

    private static List<String> packetsOf(
            byte[] bytes, int length, BatchTopic topic, Set<String> fragments) {
        List<String> packets = new ArrayList<>();
        PacketBatch batch = new PacketBatch();
        try {
            batch.check(bytes, 0, length);
            batch.wrap(bytes, 0, length);
            while (batch.nextFlow()) {
                FlowEntry flow = batch.flow().flow();
                assertThat(BatchTopic.of(flow.protocol, flow.portA, flow.portB)).isEqualTo(topic);
                PacketCursor cursor = batch.flow().packets();
                while (cursor.next()) {
                    packets.add(describe(flow, cursor.packet(), fragments));
                }
            }
        } catch (WireFormatException e) {
            throw new AssertionError("batch that cannot be read", e);
        }
        return packets;
    }

    private static String describe(FlowEntry flow, WirePacket p, Set<String> fragments) {
        String a = Long.toHexString(flow.addressAHigh) + "/" + Long.toHexString(flow.addressALow);
        String b = Long.toHexString(flow.addressBHigh) + "/" + Long.toHexString(flow.addressBLow);
        return describe(
                fragments,
                p.timeNs,
                flow.protocol,
                p.fromB ? b : a,
                p.fromB ? flow.portB : flow.portA,
                p.fromB ? a : b,
                p.fromB ? flow.portA : flow.portB,
                p.ipLength,
                p.transportHeaderLength,
                p.payloadLength,
                p.sequence,
                p.acknowledgement,
                p.tcpFlags,
                p.window,
                p.anomalies,
                flow.paths.get(p.path).sourceMac(),
                flow.paths.get(p.path).vlanTags());
    }

    /** A fragment by what it has of its own: it gets its flow from another one. */
    private static String describe(
            Set<String> fragments,
            long timeNs,
            int protocol,
            String source,
            int sourcePort,
            String destination,
            int destinationPort,
            int ipLength,
            Object... others) {
        String fragment = join(timeNs, source, destination, ipLength);
        return fragments.contains(fragment)
                ? fragment
                : fragment + join(protocol, sourcePort, destinationPort) + join(others);
    }

    private static String join(Object... parts) {
        StringBuilder line = new StringBuilder();
        for (Object part : parts) {
            line.append(part).append(' ');
        }
        return line.toString();
    }
}
