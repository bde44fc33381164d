package io.gatewatch.traffic.session;

import io.gatewatch.wire.WirePacket;
import java.util.Arrays;

/**
 * The first packets of a session, packed into bytes:
 *
 * <pre>
 * header (1): 1 the client is end B | 2 packets have TCP flags
 * for each packet: offset in microseconds, less that of the packet before (zigzag varint)
 *                | payload length &lt;&lt; 1 | sent by B (varint)
 *                | TCP flags (1), where the header says so
 * </pre>
 *
 * Read it with {@link #wrap} and {@link #next}; the view is reused, allocates nothing per packet
 * and is not thread safe.
 */
public final class PacketList {
    /** Value of {@link #direction()}: client to server. */
    public static final int FROM_CLIENT = 1;

    /** Value of {@link #direction()}: server to client. */
    public static final int FROM_SERVER = 2;

    private static final int CLIENT_IS_B = 1;
    private static final int TCP_FLAGS = 1 << 1;
    private static final int HEADER_LENGTH = 1;
    private static final int INITIAL_LENGTH = 32;

    /** Two varints of at most 10 and 5 bytes, and the flags. */
    private static final int MAX_ENTRY_LENGTH = 16;

    private static final long NS_PER_US = 1_000;
    private static final String[] FLAG_TEXTS = new String[256];

    static {
        for (int flags = 0; flags < FLAG_TEXTS.length; flags++) {
            FLAG_TEXTS[flags] = textOf(flags);
        }
    }

    private byte[] bytes = {};
    private int at;
    private int header;
    private boolean fromB;
    private int payloadLength;
    private int tcpFlags;
    private long offsetUs;

    private static String textOf(int flags) {
        String letters = "FSRPAUEC";
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < letters.length(); bit++) {
            if ((flags & (1 << bit)) != 0) {
                text.append(letters.charAt(bit));
            }
        }
        return text.toString();
    }

    /** Stands before the first packet of a packed list; an empty array is an empty list. */
    public PacketList wrap(byte[] packed) {
        bytes = packed;
        header = packed.length == 0 ? 0 : packed[0];
        at = HEADER_LENGTH;
        offsetUs = 0;
        return this;
    }

    /** Moves to the next packet; false behind the last one. */
    public boolean next() {
        if (at >= bytes.length) {
            return false;
        }
        long delta = varint();
        offsetUs += (delta >>> 1) ^ -(delta & 1);
        long lengthAndEnd = varint();
        fromB = (lengthAndEnd & 1) != 0;
        payloadLength = (int) (lengthAndEnd >>> 1);
        tcpFlags = (header & TCP_FLAGS) != 0 ? bytes[at++] & 0xFF : 0;
        return true;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte octet = bytes[at++];
            value |= (long) (octet & 0x7F) << shift;
            if (octet >= 0) {
                return value;
            }
        }
    }

    /** {@link #FROM_CLIENT} or {@link #FROM_SERVER}. */
    public int direction() {
        return fromB == ((header & CLIENT_IS_B) != 0) ? FROM_CLIENT : FROM_SERVER;
    }

    /** Payload bytes as the headers state them. */
    public int payloadLength() {
        return payloadLength;
    }

    /** The low eight TCP flags; 0 for other protocols. */
    public int tcpFlags() {
        return tcpFlags;
    }

    /**
     * The flags as letters: F S R P A U E C for FIN, SYN, RST, PSH, ACK, URG, ECE, CWR, in this
     * order. Empty for other protocols.
     */
    public String flagsText() {
        return FLAG_TEXTS[tcpFlags];
    }

    /** Microseconds since the session's first packet; negative for one captured out of order. */
    public long offsetUs() {
        return offsetUs;
    }

    static void append(SessionState state, WirePacket packet, boolean tcp) {
        int to = state.packetListLength == 0 ? HEADER_LENGTH : state.packetListLength;
        if (state.packetList.length - to < MAX_ENTRY_LENGTH) {
            int length = Math.max(INITIAL_LENGTH, state.packetList.length * 3 / 2);
            state.packetList =
                    Arrays.copyOf(state.packetList, Math.max(length, to + MAX_ENTRY_LENGTH));
        }
        byte[] list = state.packetList;
        long offset = Math.floorDiv(packet.timeNs - state.startTimeNs, NS_PER_US);
        long delta = offset - state.packetListLastUs;
        to = putVarint(list, to, (delta << 1) ^ (delta >> 63));
        to = putVarint(list, to, ((long) packet.payloadLength << 1) | (packet.fromB ? 1 : 0));
        if (tcp) {
            list[to++] = (byte) packet.tcpFlags;
        }
        state.packetListLength = to;
        state.packetListCount++;
        state.packetListLastUs = offset;
    }

    private static int putVarint(byte[] list, int at, long value) {
        int to = at;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            list[to++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        list[to++] = (byte) rest;
        return to;
    }

    /** A copy of the list as of now. */
    static byte[] pack(SessionState state, boolean tcp) {
        byte[] packed = Arrays.copyOf(state.packetList, state.packetListLength);
        if (packed.length > 0) {
            packed[0] = (byte) ((state.clientIsB ? CLIENT_IS_B : 0) | (tcp ? TCP_FLAGS : 0));
        }
        return packed;
    }
}
