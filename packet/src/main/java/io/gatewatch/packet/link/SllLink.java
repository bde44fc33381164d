package io.gatewatch.packet.link;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint48;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The cooked header that Linux gives in place of the link's own, as on the device "any", in its
 * first and second version (LINKTYPE_LINUX_SLL, LINKTYPE_LINUX_SLL2). Of the addresses it has the
 * sender's alone. What lies under the header depends on the kind of device: 802.11 frames keep
 * their own headers, netlink messages are no packets.
 */
final class SllLink {
    // Layout, version 1
    //   0        2        4                6             14         16
    //   +--------+--------+----------------+-------------+----------+
    //   | to/from| device | address length | address (8) | protocol |
    //   +--------+--------+----------------+-------------+----------+
    private static final int DEVICE = 2;
    private static final int ADDRESS_LENGTH = 4;
    private static final int ADDRESS = 6;
    private static final int PROTOCOL = 14;
    private static final int LENGTH = 16;

    // Layout, version 2
    //   0          2          4           8        10        11               12            20
    //   +----------+----------+-----------+--------+---------+----------------+-------------+
    //   | protocol | reserved | interface | device | to/from | address length | address (8) |
    //   +----------+----------+-----------+--------+---------+----------------+-------------+
    private static final int PROTOCOL_2 = 0;
    private static final int DEVICE_2 = 8;
    private static final int ADDRESS_LENGTH_2 = 11;
    private static final int ADDRESS_2 = 12;
    private static final int LENGTH_2 = 20;

    private static final int MAC_LENGTH = 6;

    /** Where the protocol would be below any EtherType: an 802.2 header follows (ETH_P_802_2). */
    private static final int PROTOCOL_LLC = 0x0004;

    // Kinds of devices (ARPHRD_ values of Linux)
    private static final int DEVICE_WIFI = 801;
    private static final int DEVICE_RADIOTAP = 803;
    private static final int DEVICE_NETLINK = 824;

    private SllLink() {}

    static int decode(Frame frame, PacketView view) {
        // Check
        if (!frame.captured(LENGTH)) {
            return NextHeader.missing(frame, LENGTH, DecodeOutcome.UNDECODABLE_LINK);
        }
        // Accessors
        byte[] bytes = frame.bytes;
        int at = frame.position;
        int device = uint16(bytes, at + DEVICE);
        int protocol = uint16(bytes, at + PROTOCOL);
        if (uint16(bytes, at + ADDRESS_LENGTH) == MAC_LENGTH) {
            view.sourceMac = uint48(bytes, at + ADDRESS);
        }
        // Meaning
        frame.position = at + LENGTH;
        return next(device, protocol);
    }

    static int decodeVersion2(Frame frame, PacketView view) {
        // Check
        if (!frame.captured(LENGTH_2)) {
            return NextHeader.missing(frame, LENGTH_2, DecodeOutcome.UNDECODABLE_LINK);
        }
        // Accessors
        byte[] bytes = frame.bytes;
        int at = frame.position;
        int device = uint16(bytes, at + DEVICE_2);
        int protocol = uint16(bytes, at + PROTOCOL_2);
        if (uint8(bytes, at + ADDRESS_LENGTH_2) == MAC_LENGTH) {
            view.sourceMac = uint48(bytes, at + ADDRESS_2);
        }
        // Meaning
        frame.position = at + LENGTH_2;
        return next(device, protocol);
    }

    private static int next(int device, int protocol) {
        return switch (device) {
            case DEVICE_WIFI -> NextHeader.linkType(LinkTypes.IEEE802_11);
            case DEVICE_RADIOTAP -> NextHeader.linkType(LinkTypes.IEEE802_11_RADIOTAP);
            case DEVICE_NETLINK -> NextHeader.end(DecodeOutcome.IGNORED_NOT_IP);
            default -> protocol == PROTOCOL_LLC ? NextHeader.LLC : LinkProtocol.next(protocol);
        };
    }
}
