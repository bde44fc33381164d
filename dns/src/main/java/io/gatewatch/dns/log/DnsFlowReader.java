package io.gatewatch.dns.log;

import io.gatewatch.dns.message.DnsFormatException;
import io.gatewatch.dns.message.DnsMessage;
import io.gatewatch.dns.message.DnsMessageParser;
import io.gatewatch.dns.message.DnsQuestion;
import io.gatewatch.dns.message.DnsRecord;
import io.gatewatch.dns.names.NameFact;
import io.gatewatch.dns.names.NameFacts;
import io.gatewatch.dns.stream.DnsStream;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.flow.TimeOrderedId;
import io.gatewatch.wire.ExtensionCursor;
import io.gatewatch.wire.ExtensionTags;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.FlowPath;
import io.gatewatch.wire.PacketCursor;
import io.gatewatch.wire.WireFormatException;
import io.gatewatch.wire.WirePacket;
import io.gatewatch.wire.address.IpAddress;
import java.nio.ByteBuffer;

/**
 * Reads the DNS messages of a flow's packets: UDP datagrams, those in fragments included, and TCP
 * streams. What is no message is counted and left out; the messages after it are read. Not thread
 * safe.
 */
public final class DnsFlowReader {
    private static final int TCP = 6;
    private static final int QUESTION = 0;
    private static final int ANSWER = 1;

    /** Takes what messages say. */
    public interface Output {
        void row(DnsLogRow row);

        void name(NameFact fact);
    }

    private final TimeOrderedId ids = new TimeOrderedId();
    private final ExtensionCursor extensions = new ExtensionCursor();
    private ByteBuffer identity = ByteBuffer.allocate(1024);
    private long messages;
    private long malformed;
    private long incomplete;

    // The packet that is being read.
    private FlowKey key;
    private String gateway;
    private FlowBlock flow;
    private WirePacket packet;
    private Output output;

    /**
     * Reads all packets of the flow.
     *
     * @param streams what was left of earlier packets of this flow, or null
     * @return what is to be kept for later ones, or null
     */
    public DnsStreams read(
            FlowKey flowKey, String flowGateway, FlowBlock block, DnsStreams streams, Output out)
            throws WireFormatException {
        key = flowKey;
        gateway = flowGateway;
        flow = block;
        output = out;
        DnsStreams kept = streams;
        PacketCursor packets = block.packets();
        while (packets.next()) {
            packet = packets.packet();
            if (flowKey.protocol() != TCP) {
                datagram();
            } else {
                kept = kept == null ? new DnsStreams() : kept;
                segment(kept.of(packet.fromB));
            }
        }
        return kept;
    }

    private void datagram() throws WireFormatException {
        extensions.wrap(packet.extensions, packet.extensionsOffset, packet.extensionsLength);
        if (extensions.find(ExtensionTags.PACKET_MESSAGE)) {
            message(extensions.bytes(), extensions.valueOffset(), extensions.valueLength());
        } else if (packet.prefixLength < packet.payloadLength) {
            incomplete++;
        } else if (packet.payloadLength > 0) {
            message(packet.prefix, packet.prefixOffset, packet.prefixLength);
        }
    }

    private void segment(DnsStream stream) {
        long lostBefore = stream.lostBytes();
        stream.segment(
                (int) packet.sequence,
                (packet.tcpFlags & WirePacket.SYN) != 0,
                packet.prefix,
                packet.prefixOffset,
                packet.prefixLength,
                packet.payloadLength,
                this::message);
        if (stream.lostBytes() > lostBefore) {
            incomplete++;
        }
    }

    private void message(byte[] bytes, int offset, int length) {
        DnsMessage message;
        try {
            message = DnsMessageParser.parse(bytes, offset, length);
        } catch (DnsFormatException e) {
            malformed++;
            return;
        }
        messages++;
        DnsTransport transport = DnsTransport.of(key.protocol() == TCP, key.portA(), key.portB());
        boolean clientIsB = packet.fromB != message.response();
        identify(bytes, offset, length);
        if (message.response()) {
            answers(message, transport, clientIsB);
        } else {
            questions(message, transport, clientIsB);
        }
        NameFacts.of(
                message,
                key.site(),
                IpAddress.ofBytes(key.address(clientIsB)),
                transport.isLocal(),
                packet.timeNs,
                output::name);
    }

    private void questions(DnsMessage message, DnsTransport transport, boolean clientIsB) {
        int index = 0;
        for (DnsQuestion question : message.questions()) {
            DnsLogRow row = row(message, transport, clientIsB, QUESTION, index++);
            row.name = question.name();
            row.type = question.type();
            output.row(row);
        }
    }

    private void answers(DnsMessage message, DnsTransport transport, boolean clientIsB) {
        int index = 0;
        for (DnsRecord record : message.answers()) {
            DnsLogRow row = row(message, transport, clientIsB, ANSWER, index++);
            row.name = record.name();
            row.type = record.type();
            row.rdata = limited(record.rdata());
            row.ttl = record.ttl();
            row.rcode = message.rcode();
            output.row(row);
        }
        if (index == 0) {
            DnsLogRow row = row(message, transport, clientIsB, QUESTION, 0);
            boolean asked = !message.questions().isEmpty();
            row.name = asked ? message.questions().get(0).name() : "";
            row.type = asked ? message.questions().get(0).type() : "";
            row.rcode = message.rcode();
            output.row(row);
        }
    }

    private static String limited(String rdata) {
        return rdata.length() <= DnsLogRow.MAX_RDATA_LENGTH
                ? rdata
                : rdata.substring(0, DnsLogRow.MAX_RDATA_LENGTH);
    }

    private DnsLogRow row(
            DnsMessage message, DnsTransport transport, boolean clientIsB, int section, int index) {
        DnsLogRow row = new DnsLogRow();
        row.dnsId = id(section, index);
        row.site = key.site();
        row.gateway = gateway;
        row.timeNs = packet.timeNs;
        row.clientMac = clientMac(clientIsB);
        row.clientIp = key.address(clientIsB);
        row.serverIp = key.address(!clientIsB);
        row.transport = transport;
        row.transactionId = message.id();
        row.response = message.response();
        return row;
    }

    private long clientMac(boolean clientIsB) {
        FlowPath path = flow.flow().paths.get(packet.path);
        return packet.fromB == clientIsB ? path.sourceMac() : path.destinationMac();
    }

    /** What tells the message from others: flow, time and bytes. */
    private void identify(byte[] bytes, int offset, int length) {
        int room = key.identityLength() + Long.BYTES + length + 2 * Integer.BYTES;
        if (identity.capacity() < room) {
            identity = ByteBuffer.allocate(room);
        }
        identity.clear();
        key.putIdentity(identity);
        identity.putLong(packet.timeNs);
        identity.put(bytes, offset, length);
    }

    private byte[] id(int section, int index) {
        int end = identity.position();
        identity.putInt(section).putInt(index).flip();
        byte[] id = ids.of(packet.timeNs, identity);
        identity.clear().position(end);
        return id;
    }

    /** Messages read. */
    public long messages() {
        return messages;
    }

    /** Datagrams, and pieces of streams, that are no messages. */
    public long malformed() {
        return malformed;
    }

    /** Packets that a message could not be read from because bytes are missing. */
    public long incomplete() {
        return incomplete;
    }
}
