package io.gatewatch.dns.log;

import io.gatewatch.dns.message.DnsFormatException;
import io.gatewatch.dns.message.DnsMessage;
import io.gatewatch.dns.message.DnsMessageParser;
import io.gatewatch.dns.names.NameFact;
import io.gatewatch.dns.names.NameFacts;
import io.gatewatch.dns.stream.DnsStream;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.ExtensionCursor;
import io.gatewatch.wire.ExtensionTags;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.PacketCursor;
import io.gatewatch.wire.WireFormatException;
import io.gatewatch.wire.WirePacket;
import io.gatewatch.wire.address.IpAddress;
import java.util.Arrays;

/**
 * Reads the DNS messages of a flow's packets: UDP datagrams, those in fragments included, and TCP
 * streams. A datagram that has only the beginning of a message waits for the whole one, which comes
 * with its last fragment; if that does not come, what could be read counts. What is no message is
 * counted and left out; the messages after it are read. A TCP stream begins with a SYN or with
 * payload, and ends with a RST. Not thread safe.
 */
public final class DnsFlowReader {
    /** What is known of a message is told at most so long after its time. */
    public static final long LONGEST_WAIT_NS = DnsFlowState.BEGINNING_NS;

    private static final int TCP = 6;

    /** Takes what messages say. */
    public interface Output {
        void row(DnsLogRow row);

        void name(NameFact fact);
    }

    private final ExtensionCursor extensions = new ExtensionCursor();
    private final DnsRows rows = new DnsRows();
    private long messages;
    private long malformed;
    private long incomplete;

    // What is being read.
    private FlowKey key;
    private Output output;
    private String gateway;
    private FlowBlock flow;
    private WirePacket packet;
    private DnsFlowState state;

    /**
     * Reads all packets of the flow.
     *
     * @param kept what was left of earlier packets of this flow, or null
     * @param watermarkNs time has come at least so far
     * @return what is to be kept for later ones, or null
     */
    public DnsFlowState read(
            FlowKey flowKey,
            String flowGateway,
            FlowBlock block,
            DnsFlowState kept,
            long watermarkNs,
            Output out)
            throws WireFormatException {
        key = flowKey;
        output = out;
        gateway = flowGateway;
        flow = block;
        state = kept;
        PacketCursor packets = block.packets();
        while (packets.next()) {
            packet = packets.packet();
            if (flowKey.protocol() == TCP) {
                segment(watermarkNs);
            } else {
                datagram();
            }
        }
        return leftOver();
    }

    /**
     * Does what is due when time has come to a point.
     *
     * @param kept what was left of the flow
     * @return what is to be kept, or null
     */
    public DnsFlowState onTime(FlowKey flowKey, DnsFlowState kept, long timeNs, Output out) {
        key = flowKey;
        output = out;
        state = kept;
        DnsBeginning beginning = kept.due(timeNs);
        while (beginning != null) {
            tell(beginning);
            beginning = kept.due(timeNs);
        }
        kept.expireStreams(timeNs);
        return leftOver();
    }

    private DnsFlowState state() {
        if (state == null) {
            state = new DnsFlowState();
        }
        return state;
    }

    private DnsFlowState leftOver() {
        return state == null || state.isEmpty() ? null : state;
    }

    private void segment(long watermarkNs) {
        boolean begins = packet.payloadLength > 0 || (packet.tcpFlags & WirePacket.SYN) != 0;
        if (begins || (state != null && state.hasStreams())) {
            segment(state().stream(packet.fromB));
            state.heard(Math.max(packet.timeNs, watermarkNs));
        }
        if (state != null && (packet.tcpFlags & WirePacket.RST) != 0) {
            state.forgetStreams();
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
                this::streamed);
        if (stream.lostBytes() > lostBefore) {
            incomplete++;
        }
    }

    private void streamed(byte[] bytes, int offset, int length) {
        try {
            DnsMessage message = DnsMessageParser.parse(bytes, offset, length);
            messages++;
            tell(message, origin(), bytes, offset, length);
        } catch (DnsFormatException e) {
            malformed++;
        }
    }

    private DnsOrigin origin() {
        return DnsOrigin.of(gateway, packet, flow.flow().paths.get(packet.path));
    }

    private void datagram() throws WireFormatException {
        extensions.wrap(packet.extensions, packet.extensionsOffset, packet.extensionsLength);
        if (extensions.find(ExtensionTags.PACKET_MESSAGE)) {
            putTogether(extensions.bytes(), extensions.valueOffset(), extensions.valueLength());
        } else if (packet.prefixLength > 0) {
            datagram(packet.prefix, packet.prefixOffset, packet.prefixLength);
        }
    }

    private void putTogether(byte[] bytes, int offset, int length) {
        if (state != null && length >= DnsMessageParser.MIN_LENGTH) {
            state.forgetBeginningOf(bytes, offset, packet.fromB);
        }
        streamed(bytes, offset, length);
    }

    private void datagram(byte[] bytes, int offset, int length) {
        try {
            DnsMessage message = DnsMessageParser.parse(bytes, offset, length);
            messages++;
            tell(message, origin(), bytes, offset, length);
        } catch (DnsFormatException e) {
            await(Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }

    private void await(byte[] bytes) {
        if (beginning(bytes) == null) {
            malformed++;
            return;
        }
        DnsBeginning squeezedOut = state().keep(new DnsBeginning(origin(), bytes));
        if (squeezedOut != null) {
            tell(squeezedOut);
        }
    }

    /** What can be read of a message, or null if that says nothing. */
    private static DnsMessage beginning(byte[] bytes) {
        try {
            DnsMessage message = DnsMessageParser.parseBeginning(bytes, 0, bytes.length);
            return message.questions().isEmpty() && message.answers().isEmpty() ? null : message;
        } catch (DnsFormatException e) {
            return null;
        }
    }

    /** The whole message has not come. */
    private void tell(DnsBeginning begun) {
        incomplete++;
        byte[] bytes = begun.bytes();
        tell(beginning(bytes), begun.origin(), bytes, 0, bytes.length);
    }

    private void tell(DnsMessage message, DnsOrigin origin, byte[] bytes, int offset, int length) {
        boolean clientIsB = origin.fromB() != message.response();
        DnsTransport transport = DnsTransport.of(key.protocol() == TCP, key.portA(), key.portB());
        rows.begin(key, origin, transport, clientIsB, bytes, offset, length);
        rows.tell(message, output::row);
        NameFacts.of(
                message,
                key.site(),
                IpAddress.ofBytes(key.address(clientIsB)),
                transport.isLocal(),
                origin.timeNs(),
                output::name);
    }

    /** Messages read whole. */
    public long messages() {
        return messages;
    }

    /** Datagrams, and pieces of streams, that are no messages. */
    public long malformed() {
        return malformed;
    }

    /** Messages with bytes missing: read as far as they were there, in streams not at all. */
    public long incomplete() {
        return incomplete;
    }
}
