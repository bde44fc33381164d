package io.gatewatch.packet.link;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.buffer.Frame;

/**
 * The PPP header: the protocol field (RFC 1661, section 2; one byte where it is compressed, section
 * 6.5), behind address and control field (RFC 1662, section 3.1) unless they are left out. Its
 * protocols are translated to EtherTypes. Control protocols, compressed packets (RFC 1144, 1962,
 * 2507, 3241) and multilink fragments (RFC 1990) are ignored, each by a reason of its own.
 */
public final class PppHeader {
    // Layout; a protocol whose first byte is odd has no second
    //   0           1           2                  4
    //   +-----------+-----------+------------------+----
    //   | address   | control   | protocol         |
    //   | 0xFF or - | 0x03 or - | 1 or 2 bytes     |
    //   +-----------+-----------+------------------+----
    private static final int ADDRESS = 0xFF; // no protocol begins with it
    private static final int CONTROL = 0x03;
    private static final int ADDRESS_AND_CONTROL_LENGTH = 2;

    private static final int IPV4 = 0x0021;
    private static final int IPV6 = 0x0057;
    private static final int MPLS_UNICAST = 0x0281;
    private static final int MPLS_MULTICAST = 0x0283;
    private static final int ROHC_SMALL_CIDS = 0x0003;
    private static final int ROHC_LARGE_CIDS = 0x0005;
    private static final int VAN_JACOBSON_COMPRESSED = 0x002D;
    private static final int VAN_JACOBSON_UNCOMPRESSED = 0x002F;
    private static final int MULTILINK = 0x003D;
    private static final int ENCRYPTED_IN_MULTILINK = 0x0055;
    private static final int ENCRYPTED = 0x0053;
    private static final int COMPRESSED_IN_MULTILINK = 0x00FB;
    private static final int COMPRESSED = 0x00FD;
    private static final int FULL_HEADER = 0x0061;
    private static final int COMPRESSED_RTP_FIRST = 0x0063;
    private static final int COMPRESSED_RTP_LAST = 0x0069;
    private static final int FIRST_CONTROL = 0x8000;

    private PppHeader() {}

    public static int decode(Frame frame) {
        byte[] bytes = frame.bytes;
        if (frame.captured(1) && uint8(bytes, frame.position) == ADDRESS) {
            // Check
            if (!frame.captured(ADDRESS_AND_CONTROL_LENGTH)) {
                return NextHeader.missing(
                        frame, ADDRESS_AND_CONTROL_LENGTH, DecodeOutcome.UNDECODABLE_PPP);
            }
            if (uint8(bytes, frame.position + 1) == CONTROL) {
                frame.position += ADDRESS_AND_CONTROL_LENGTH;
            }
        }
        return decodeProtocol(frame);
    }

    /** As {@link #decode}, where address and control field cannot be or are behind the position. */
    static int decodeProtocol(Frame frame) {
        // Check
        int at = frame.position;
        int length = frame.captured(1) && (frame.bytes[at] & 1) != 0 ? 1 : 2;
        if (!frame.captured(length)) {
            return NextHeader.missing(frame, length, DecodeOutcome.UNDECODABLE_PPP);
        }
        // Accessors
        int protocol = length == 1 ? uint8(frame.bytes, at) : uint16(frame.bytes, at);
        // Meaning
        frame.position = at + length;
        return next(protocol);
    }

    private static int next(int protocol) {
        return switch (protocol) {
            case IPV4 -> NextHeader.IPV4;
            case IPV6 -> NextHeader.IPV6;
            case MPLS_UNICAST, MPLS_MULTICAST -> NextHeader.MPLS;
            case MULTILINK -> NextHeader.end(DecodeOutcome.IGNORED_PPP_MULTILINK);
            case ROHC_SMALL_CIDS,
                    ROHC_LARGE_CIDS,
                    VAN_JACOBSON_COMPRESSED,
                    VAN_JACOBSON_UNCOMPRESSED,
                    ENCRYPTED,
                    ENCRYPTED_IN_MULTILINK,
                    COMPRESSED,
                    COMPRESSED_IN_MULTILINK,
                    FULL_HEADER ->
                    NextHeader.end(DecodeOutcome.IGNORED_PPP_COMPRESSED);
            default -> NextHeader.end(other(protocol));
        };
    }

    private static DecodeOutcome other(int protocol) {
        if (protocol >= FIRST_CONTROL) {
            return DecodeOutcome.IGNORED_PPP_CONTROL;
        }
        return protocol >= COMPRESSED_RTP_FIRST && protocol <= COMPRESSED_RTP_LAST
                ? DecodeOutcome.IGNORED_PPP_COMPRESSED
                : DecodeOutcome.IGNORED_NOT_IP;
    }
}
