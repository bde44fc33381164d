package io.gatewatch.wire;

/**
 * Offsets, flags and limits of batch version 1. Fixed-width integers are big endian; varints are
 * unsigned LEB128 of at most ten bytes; signed values are zigzag varints.
 *
 * <pre>
 *  0               1               2               3
 *  +---------------+---------------+---------------+---------------+
 *  |      'G'      |      'W'      |      'P'      |      'B'      |   0
 *  +---------------+---------------+---------------+---------------+
 *  |  version (1)  |     flags     |        boot id (8 bytes)          4
 *  +---------------+---------------+---------------------------------
 *  |  sequence (8)   clock (8)   minute (8)   base time (8)            14
 *  +---------------------------------------------------------------+
 *  |                          flow count                           |  46
 *  +---------------------------------------------------------------+
 *  |                         packet count                          |  50
 *  +---------------------------------------------------------------+
 *  |  site, gateway, counters, interfaces, extensions  (variable)     54
 *  +----------------------------------------------------------------
 *  |  flows: each a varint length and a block of that length
 *  +----------------------------------------------------------------
 * </pre>
 */
final class BatchLayout {
    static final int MAGIC = 0x47575042; // "GWPB"
    static final int VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 4;
    static final int FLAGS_OFFSET = 5;
    static final int BOOT_ID_OFFSET = 6;
    static final int SEQUENCE_OFFSET = 14;
    static final int CLOCK_OFFSET = 22;
    static final int MINUTE_OFFSET = 30;
    static final int BASE_TIME_OFFSET = 38;
    static final int FLOW_COUNT_OFFSET = 46;
    static final int PACKET_COUNT_OFFSET = 50;
    static final int VARIABLE_OFFSET = 54;

    /** Bytes of site and gateway names in UTF-8. */
    static final int MAX_NAME_LENGTH = 255;

    static final int COUNTERS = 6;

    static final int MAX_INTERFACES = 65_536;
    static final int MAX_PATHS = 255;

    /** Descriptor, time and payload length of a packet take a byte each at least. */
    static final int MIN_PACKET_LENGTH = 3;

    // Flow block, first octet.
    static final int FLOW_IPV6 = 0x01;
    static final int FLOW_SEEN_BEFORE = 0x02;
    static final int FLOW_EXTENSIONS = 0x04;
    static final int FLOW_KEY_VLAN = 0x08;

    // Path, octet after the interface index.
    static final int PATH_VLAN_COUNT_MASK = 0x07;
    static final int PATH_MACS = 0x08;
    static final int PATH_TUNNEL = 0x10;

    // Tunnel, octet after the kind.
    static final int TUNNEL_IPV6 = 0x01;
    static final int TUNNEL_ID = 0x02;

    // Packet, first octet.
    static final int PACKET_FROM_B = 0x01;
    static final int PACKET_PATH = 0x02;
    static final int PACKET_IP_HEADER_LENGTH = 0x04;
    static final int PACKET_PREFIX = 0x08;
    static final int PACKET_TAIL = 0x10;
    static final int PACKET_ANOMALIES = 0x20;
    static final int PACKET_EXTENSIONS = 0x40;
    static final int PACKET_TRANSPORT_HEADER_LENGTH = 0x80;

    static final int PROTOCOL_TCP = 6;

    private BatchLayout() {}
}
