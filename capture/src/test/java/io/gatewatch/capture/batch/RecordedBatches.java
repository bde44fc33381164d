package io.gatewatch.capture.batch;

import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.ExtensionCursor;
import io.gatewatch.wire.ExtensionTags;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.FlowEntry;
import io.gatewatch.wire.FlowPath;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.PacketCursor;
import io.gatewatch.wire.ReportCursor;
import io.gatewatch.wire.WireFormatException;
import io.gatewatch.wire.WirePacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Keeps what a batcher sent, and takes it apart again. */
final class RecordedBatches implements BatchOutput {
    final List<Batch> all = new ArrayList<>();
    private int toRefuse;

    /** A batch as it was sent; {@code head} is its own copy. */
    @SuppressWarnings("ArrayRecordComponent") // compared by tests on purpose, part by part
    record Batch(BatchTopic topic, int partition, byte[] bytes, int packets, BatchHead head) {
        long clockMs() {
            return (head.clockNs - BatcherHarness.START_NS) / BatcherHarness.MS;
        }

        boolean isEndMarker() {
            return head.has(BatchHead.FLAG_END_OF_CAPTURE);
        }
    }

    /** What a batch says of a flow that no packet of it says. */
    record Report(
            BatchTopic topic,
            int partition,
            String flow,
            int position,
            long timeNs,
            long anomalies) {}

    /** All that a batch says of a packet, and of the flow and partition that it belongs to. */
    record Packet(
            BatchTopic topic,
            int partition,
            long minute,
            String flow,
            int keyVlan,
            boolean seenBefore,
            FlowPath path,
            boolean fromB,
            long timeNs,
            int ipLength,
            int transportHeaderLength,
            int payloadLength,
            long sequence,
            long acknowledgement,
            int tcpFlags,
            int window,
            String options,
            String prefix,
            String tail,
            int ipIdentification,
            int transportChecksum,
            long anomalies,
            String message) {
        long ms() {
            return (timeNs - BatcherHarness.START_NS) / BatcherHarness.MS;
        }

        int prefixLength() {
            return prefix.length() / 2;
        }

        /** Without what depends on how batches are cut. */
        Packet whateverTheBatch() {
            return new Packet(
                    topic,
                    partition,
                    minute,
                    flow,
                    keyVlan,
                    false,
                    path,
                    fromB,
                    timeNs,
                    ipLength,
                    transportHeaderLength,
                    payloadLength,
                    sequence,
                    acknowledgement,
                    tcpFlags,
                    window,
                    options,
                    prefix,
                    tail,
                    ipIdentification,
                    transportChecksum,
                    anomalies,
                    message);
        }
    }

    /** Refuses the next batches, as a full queue does. */
    void refuse(int batches) {
        toRefuse = batches;
    }

    @Override
    public boolean accept(BatchTopic topic, int partition, byte[] bytes, int length, int packets) {
        if (toRefuse > 0) {
            toRefuse--;
            return false;
        }
        byte[] copy = Arrays.copyOf(bytes, length);
        all.add(new Batch(topic, partition, copy, packets, headOf(copy)));
        return true;
    }

    private static BatchHead headOf(byte[] bytes) {
        PacketBatch batch = new PacketBatch();
        try {
            batch.check(bytes, 0, bytes.length);
        } catch (WireFormatException e) {
            throw new AssertionError("batch that cannot be read", e);
        }
        return batch.head();
    }

    List<Batch> withPackets() {
        return all.stream().filter(batch -> batch.packets() > 0).toList();
    }

    List<Batch> punctuations() {
        return all.stream().filter(batch -> batch.packets() == 0 && !batch.isEndMarker()).toList();
    }

    List<Batch> endMarkers() {
        return all.stream().filter(Batch::isEndMarker).toList();
    }

    List<Batch> of(BatchTopic topic, int partition) {
        return all.stream()
                .filter(batch -> batch.topic() == topic && batch.partition() == partition)
                .toList();
    }

    /** Packets of all batches, flow by flow within each. */
    List<Packet> packets() {
        List<Packet> packets = new ArrayList<>();
        for (Batch batch : all) {
            packets.addAll(packetsOf(batch));
        }
        return packets;
    }

    static List<Packet> packetsOf(Batch sent) {
        List<Packet> packets = new ArrayList<>();
        PacketBatch batch = new PacketBatch();
        try {
            batch.wrap(sent.bytes(), 0, sent.bytes().length);
            while (batch.nextFlow()) {
                PacketCursor cursor = batch.flow().packets();
                while (cursor.next()) {
                    packets.add(packet(sent, batch.flow(), cursor.packet()));
                }
            }
        } catch (WireFormatException e) {
            throw new AssertionError("batch that cannot be read", e);
        }
        return packets;
    }

    private static Packet packet(Batch batch, FlowBlock block, WirePacket p) {
        FlowEntry flow = block.flow();
        return new Packet(
                batch.topic(),
                batch.partition(),
                batch.head().minute,
                describe(flow),
                flow.keyVlan,
                flow.seenBefore,
                flow.paths.get(p.path),
                p.fromB,
                p.timeNs,
                p.ipLength,
                p.transportHeaderLength,
                p.payloadLength,
                p.sequence,
                p.acknowledgement,
                p.tcpFlags,
                p.window,
                hex(p.options, p.optionsOffset, p.optionsLength),
                hex(p.prefix, p.prefixOffset, p.prefixLength),
                hex(p.tail, p.tailOffset, p.tailLength),
                p.ipIdentification,
                p.transportChecksum,
                p.anomalies,
                message(p));
    }

    /** The message that the packet completed, else nothing. */
    private static String message(WirePacket p) {
        ExtensionCursor fields = new ExtensionCursor();
        fields.wrap(p.extensions, p.extensionsOffset, p.extensionsLength);
        try {
            return fields.find(ExtensionTags.PACKET_MESSAGE)
                    ? hex(fields.bytes(), fields.valueOffset(), fields.valueLength())
                    : "";
        } catch (WireFormatException e) {
            throw new AssertionError("extension fields that cannot be read", e);
        }
    }

    /** Reports of all batches, flow by flow within each. */
    List<Report> reports() {
        List<Report> reports = new ArrayList<>();
        PacketBatch batch = new PacketBatch();
        for (Batch each : all) {
            try {
                batch.wrap(each.bytes(), 0, each.bytes().length);
                while (batch.nextFlow()) {
                    ReportCursor cursor = batch.flow().reports();
                    while (cursor.next()) {
                        reports.add(
                                new Report(
                                        each.topic(),
                                        each.partition(),
                                        describe(batch.flow().flow()),
                                        cursor.position(),
                                        cursor.timeNs(),
                                        cursor.anomalies()));
                    }
                }
            } catch (WireFormatException e) {
                throw new AssertionError("batch that cannot be read", e);
            }
        }
        return reports;
    }

    /** Protocol, then both ends as {@code high/low:port} in hexadecimal. */
    static String describe(FlowEntry flow) {
        return describe(
                flow.protocol,
                flow.ipVersion,
                flow.addressAHigh,
                flow.addressALow,
                flow.portA,
                flow.addressBHigh,
                flow.addressBLow,
                flow.portB);
    }

    static String describe(
            int protocol,
            int ipVersion,
            long aHigh,
            long aLow,
            int portA,
            long bHigh,
            long bLow,
            int portB) {
        return String.format(
                "%d v%d %x/%x:%d %x/%x:%d",
                protocol, ipVersion, aHigh, aLow, portA, bHigh, bLow, portB);
    }

    private static String hex(byte[] bytes, int offset, int length) {
        return HexFormat.of().formatHex(bytes, offset, offset + length);
    }
}
