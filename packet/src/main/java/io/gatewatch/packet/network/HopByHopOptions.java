package io.gatewatch.packet.network;

import static io.gatewatch.packet.buffer.NetworkBytes.uint32;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * IPv6 hop-by-hop options (RFC 8200, section 4.3), read for the Jumbo Payload option alone (RFC
 * 2675, section 2): it holds the length of a packet whose payload length is 0. Linux sends packets
 * above 64 KiB between its own layers in this form, so a capture of segmentation offload has them.
 * A jumbo length is believed only up to what the frame had on the wire: one packet must not claim 4
 * GiB.
 */
public final class HopByHopOptions {
    // Layout: the common form, then options
    //   0        1        2
    //   +--------+--------+---------------+
    //   |  type  | length | length bytes  |   type 0 is one byte of padding without a length
    //   +--------+--------+---------------+
    private static final int OPTIONS = 2;
    private static final int PAD1 = 0;
    private static final int JUMBO_PAYLOAD = 0xC2;
    private static final int JUMBO_LENGTH = 4;

    private HopByHopOptions() {}

    public static int decode(Frame frame, PacketView view) {
        int start = frame.position;
        int next = Ipv6Extension.decode(frame);
        boolean whole = NextHeader.kind(next) == NextHeader.KIND_IP_PROTOCOL;
        if (whole && (view.anomalies & PacketAnomaly.IP_LENGTH_ZERO.bit()) != 0) {
            takeJumboLength(frame, view, start);
        }
        return next;
    }

    private static void takeJumboLength(Frame frame, PacketView view, int start) {
        int headerEnd = frame.position;
        int payloadLength = frame.wireEnd - start;
        // RFC 8200 section 4.1: these options stand directly behind the IPv6 header.
        boolean first = view.ipLength - Ipv6Header.LENGTH == payloadLength;
        long jumbo = jumboLength(frame.bytes, start + OPTIONS, headerEnd);
        int headerLength = headerEnd - start;
        if (first && jumbo >= headerLength && jumbo <= payloadLength) {
            view.anomalies &= ~PacketAnomaly.IP_LENGTH_ZERO.bit();
            view.ipLength = Ipv6Header.LENGTH + (int) jumbo;
            frame.endAfter((int) jumbo - headerLength);
        }
    }

    /** The value of the Jumbo Payload option, 0 without one: no packet has that length. */
    private static long jumboLength(byte[] bytes, int from, int end) {
        int at = from;
        while (end - at >= 2) {
            int type = uint8(bytes, at);
            if (type == PAD1) {
                at++;
                continue;
            }
            int length = uint8(bytes, at + 1);
            if (type == JUMBO_PAYLOAD && length == JUMBO_LENGTH && end - at >= 2 + JUMBO_LENGTH) {
                return uint32(bytes, at + 2);
            }
            at += 2 + length;
        }
        return 0;
    }
}
