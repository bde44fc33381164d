package io.gatewatch.packet.transport;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint32;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;
import io.gatewatch.packet.buffer.TypeLengthOptions;

/**
 * The TCP header (RFC 9293, section 3.1). The packet must have room for all of it on the wire; of a
 * capture the first {@link #NEEDED} bytes are enough, up to the flags. What the snap length cut
 * behind them is 0 in the view, and marked. Options are walked for their form, not interpreted.
 */
public final class TcpHeader {
    // Layout
    //    0       4        10                 16                          31
    //   +-------+--------+------------------+---------------------------+
    //   |           source port             |     destination port      |  0
    //   +-----------------------------------+---------------------------+
    //   |                       sequence number                         |  4
    //   +---------------------------------------------------------------+
    //   |                    acknowledgement number                     |  8
    //   +-------+---------------------------+---------------------------+
    //   |offset |  reserved and flags       |          window           | 12
    //   +-------+---------------------------+---------------------------+
    //   |            checksum               |      urgent pointer       | 16
    //   +-----------------------------------+---------------------------+
    //   |                     options, offset above 5                   | 20
    //   +---------------------------------------------------------------+
    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int SEQUENCE = 4;
    private static final int ACKNOWLEDGEMENT = 8;
    private static final int OFFSET_FLAGS = 12;
    private static final int WINDOW = 14;
    private static final int CHECKSUM = 16;
    private static final int MIN_LENGTH = 20;

    /** Bytes without which a segment has no place in its connection. */
    private static final int NEEDED = 14;

    private static final int PORTS_LENGTH = 4;

    private static final int FLAGS_MASK = 0x0FFF;
    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int ACK = 0x10;

    private TcpHeader() {}

    public static int decode(Frame frame, PacketView view) {
        // Check
        if (!frame.captured(NEEDED) || frame.wireRemaining() < MIN_LENGTH) {
            if (view.moreFragments && frame.captured(PORTS_LENGTH)) {
                return decodeTiny(frame, view);
            }
            return NextHeader.missing(frame, MIN_LENGTH, DecodeOutcome.UNDECODABLE_TCP);
        }
        byte[] bytes = frame.bytes;
        int at = frame.position;
        int offsetAndFlags = uint16(bytes, at + OFFSET_FLAGS);
        int headerLength = offsetAndFlags >>> 12 << 2;
        boolean headerGoesOn = view.moreFragments && headerLength > frame.wireRemaining();
        if (headerLength < MIN_LENGTH || (headerLength > frame.wireRemaining() && !headerGoesOn)) {
            return NextHeader.end(DecodeOutcome.UNDECODABLE_TCP_HEADER_LENGTH);
        }

        // Accessors
        view.sourcePort = uint16(bytes, at + SOURCE_PORT);
        view.destinationPort = uint16(bytes, at + DESTINATION_PORT);
        view.sequence = uint32(bytes, at + SEQUENCE);
        view.acknowledgement = uint32(bytes, at + ACKNOWLEDGEMENT);
        view.tcpFlags = offsetAndFlags & FLAGS_MASK;
        if (frame.captured(headerLength)) {
            view.window = uint16(bytes, at + WINDOW);
            view.transportChecksum = uint16(bytes, at + CHECKSUM);
            view.optionsOffset = at + MIN_LENGTH;
            view.optionsLength = headerLength - MIN_LENGTH;
        } else {
            readCutHeader(frame, view);
        }

        // Meaning
        markOddities(bytes, headerLength, view);
        if (headerGoesOn) {
            return decodeCutByFragment(frame, view, headerLength);
        }
        return Payload.behind(frame, view, headerLength, frame.wireRemaining() - headerLength);
    }

    /** What there is of a first fragment that ends early: ports, perhaps numbers and flags. */
    private static int decodeTiny(Frame frame, PacketView view) {
        view.sourcePort = uint16(frame.bytes, frame.position + SOURCE_PORT);
        view.destinationPort = uint16(frame.bytes, frame.position + DESTINATION_PORT);
        if (frame.captured(SEQUENCE + 4)) {
            view.sequence = uint32(frame.bytes, frame.position + SEQUENCE);
        }
        if (!frame.captured(NEEDED)) {
            return decodeCutByFragment(frame, view, PacketView.UNKNOWN);
        }
        view.acknowledgement = uint32(frame.bytes, frame.position + ACKNOWLEDGEMENT);
        int offsetAndFlags = uint16(frame.bytes, frame.position + OFFSET_FLAGS);
        view.tcpFlags = offsetAndFlags & FLAGS_MASK;
        if (impossible(view.tcpFlags)) {
            view.add(PacketAnomaly.TCP_FLAGS_IMPOSSIBLE);
        }
        int headerLength = offsetAndFlags >>> 12 << 2;
        return decodeCutByFragment(
                frame, view, headerLength < MIN_LENGTH ? PacketView.UNKNOWN : headerLength);
    }

    private static int decodeCutByFragment(Frame frame, PacketView view, int headerLength) {
        view.add(PacketAnomaly.FRAGMENT_TINY);
        int headerStart = frame.position - view.fragmentPosition;
        int end = Payload.behind(frame, view, frame.wireRemaining(), 0);
        view.payloadStart =
                headerLength == PacketView.UNKNOWN
                        ? PacketView.UNKNOWN
                        : headerStart + headerLength;
        return end;
    }

    private static void readCutHeader(Frame frame, PacketView view) {
        view.add(PacketAnomaly.SNAPPED_HEADER);
        if (frame.captured(WINDOW + 2)) {
            view.window = uint16(frame.bytes, frame.position + WINDOW);
        }
        if (frame.captured(CHECKSUM + 2)) {
            view.transportChecksum = uint16(frame.bytes, frame.position + CHECKSUM);
        }
        view.optionsOffset = Math.min(frame.position + MIN_LENGTH, frame.capturedEnd);
        view.optionsLength = frame.capturedEnd - view.optionsOffset;
    }

    private static void markOddities(byte[] bytes, int headerLength, PacketView view) {
        int from = view.optionsOffset;
        int end = from + headerLength - MIN_LENGTH;
        if (!TypeLengthOptions.wellFormed(bytes, from, end, from + view.optionsLength)) {
            view.add(PacketAnomaly.TCP_OPTIONS_BAD);
        }
        if (impossible(view.tcpFlags)) {
            view.add(PacketAnomaly.TCP_FLAGS_IMPOSSIBLE);
        }
    }

    /**
     * RFC 9293: a SYN neither ends nor resets what it begins, and every segment but an initial SYN
     * and some resets carries ACK (section 3.10.7).
     */
    private static boolean impossible(int flags) {
        return (flags & SYN) != 0 ? (flags & (FIN | RST)) != 0 : (flags & (RST | ACK)) == 0;
    }
}
