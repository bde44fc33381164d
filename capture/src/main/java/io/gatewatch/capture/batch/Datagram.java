package io.gatewatch.capture.batch;

import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.packet.PacketView;
import io.gatewatch.wire.WirePacket;
import java.util.Arrays;

/**
 * An IP datagram in fragments: what tells it from others, what its first fragment says of all,
 * which bytes came, and the fragments that wait. Pooled by {@link FragmentTable}. Fragments belong
 * together that have the same addresses, identification, VLANs and tunnel, and in IPv4 the same
 * protocol (RFC 791 section 3.2, RFC 8200 section 4.5).
 */
final class Datagram {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int UDP_HEADER_LENGTH = 8;

    /** Where the length is in the UDP header. */
    private static final int UDP_LENGTH = 4;

    /** Mask of the ids in four VLAN tags. */
    private static final long VLAN_IDS = 0x0FFF_0FFF_0FFF_0FFFL;

    /** Fragments of which it is remembered what they covered. */
    private static final int MAX_RANGES = 256;

    private static final int MAX_LENGTH = 65_535;
    private static final int UNKNOWN = -1;

    // Of FragmentTable.

    Datagram older;
    Datagram newer;
    Datagram nextInBucket;
    int bucket;

    /** The capture clock when the first of its fragments was seen. */
    long sinceNs;

    /** The first fragment has come, and with it the ports. */
    boolean hasFirst;

    private final PacketView key = new PacketView();
    private HeldFragment firstHeld;
    private HeldFragment lastHeld;

    private int protocol;
    private int sourcePort;
    private int destinationPort;
    private boolean oneWay;
    private int payloadStart;
    private long payloadSequence;
    private long acknowledgement;
    private int tcpFlags;
    private int window;

    private int[] rangeStart = new int[4];
    private int[] rangeEnd = new int[4];
    private int ranges;
    private int covered;
    private int totalLength;
    private boolean overlap;

    private byte[] data = HeldFragment.NO_BYTES;
    private boolean allBytes;

    void start(PacketView view, long clockNs, int newBucket) {
        key.copy(view);
        key.bytes = HeldFragment.NO_BYTES;
        sinceNs = clockNs;
        bucket = newBucket;
        hasFirst = false;
        ranges = 0;
        covered = 0;
        totalLength = UNKNOWN;
        overlap = false;
        allBytes = true;
    }

    static int hash(PacketView v) {
        long hash =
                (v.sourceLow + 31 * v.sourceHigh) * 0x9e3779b97f4a7c15L
                        + (v.destinationLow + 31 * v.destinationHigh) * 0xc2b2ae3d27d4eb4fL
                        + v.fragmentIdentification * 0x165667b19e3779f9L;
        return (int) ((hash * 0xd6e8feb86659fd93L) >>> 32);
    }

    boolean isOf(PacketView v) {
        PacketView k = key;
        return k.fragmentIdentification == v.fragmentIdentification
                && k.sourceLow == v.sourceLow
                && k.destinationLow == v.destinationLow
                && k.sourceHigh == v.sourceHigh
                && k.destinationHigh == v.destinationHigh
                && k.ipVersion == v.ipVersion
                && (v.ipVersion == 6 || k.fragmentProtocol == v.fragmentProtocol)
                && k.vlanCount == v.vlanCount
                && (k.vlanTags & VLAN_IDS) == (v.vlanTags & VLAN_IDS)
                && isSameTunnel(k, v);
    }

    private static boolean isSameTunnel(PacketView k, PacketView v) {
        return k.tunnel == v.tunnel
                && (k.tunnel == null
                        || (k.tunnelId == v.tunnelId
                                && k.tunnelSourceLow == v.tunnelSourceLow
                                && k.tunnelSourceHigh == v.tunnelSourceHigh
                                && k.tunnelDestinationLow == v.tunnelDestinationLow
                                && k.tunnelDestinationHigh == v.tunnelDestinationHigh));
    }

    /** Whether this first fragment begins another datagram, which got the same identification. */
    boolean isOverBefore(PacketView first) {
        return hasFirst
                && (isComplete()
                        || first.protocol != protocol
                        || first.sourcePort != sourcePort
                        || first.destinationPort != destinationPort);
    }

    private boolean isComplete() {
        return covered == totalLength;
    }

    // What its fragments cover.

    /** Notes which bytes the fragment brings, and marks it if another one brought some of them. */
    void cover(PacketView v) {
        int start = v.fragmentOffset;
        int end = start + v.fragmentLength;
        boolean repeated = false;
        boolean overlaps = false;
        for (int i = 0; i < ranges; i++) {
            repeated |= rangeStart[i] == start && rangeEnd[i] == end;
            overlaps |= start < rangeEnd[i] && rangeStart[i] < end;
        }
        if (repeated) {
            return;
        }
        if (overlaps) {
            overlap = true;
            v.add(PacketAnomaly.FRAGMENT_OVERLAP);
        } else {
            covered += v.fragmentLength;
        }
        if (!v.moreFragments) {
            totalLength = end;
        }
        addRange(start, end);
    }

    private void addRange(int start, int end) {
        if (ranges == MAX_RANGES) {
            allBytes = false;
            return;
        }
        if (ranges == rangeStart.length) {
            rangeStart = Arrays.copyOf(rangeStart, 2 * ranges);
            rangeEnd = Arrays.copyOf(rangeEnd, 2 * ranges);
        }
        rangeStart[ranges] = start;
        rangeEnd[ranges] = end;
        ranges++;
    }

    // Fragments that wait.

    void append(HeldFragment fragment) {
        fragment.next = null;
        if (lastHeld == null) {
            firstHeld = fragment;
        } else {
            lastHeld.next = fragment;
        }
        lastHeld = fragment;
    }

    /** All of them, a chain in the order of their coming; null without any. */
    HeldFragment takeHeld() {
        HeldFragment first = firstHeld;
        firstHeld = null;
        lastHeld = null;
        return first;
    }

    // What the first fragment says of the others.

    void takeFirst(PacketView v) {
        hasFirst = true;
        protocol = v.protocol;
        sourcePort = v.sourcePort;
        destinationPort = v.destinationPort;
        oneWay = v.oneWay;
        payloadStart = v.payloadStart;
        // A SYN takes the first sequence number itself (RFC 9293 section 3.4).
        payloadSequence = v.sequence + ((v.tcpFlags & WirePacket.SYN) != 0 ? 1 : 0);
        acknowledgement = v.acknowledgement;
        tcpFlags = v.tcpFlags & WirePacket.ACK;
        window = v.window;
    }

    /**
     * Makes a fragment behind the first a packet of its flow, with data and perhaps the rest of the
     * transport header.
     *
     * @param dataAt where its data begins in the view's bytes
     */
    void complete(PacketView v, int dataAt) {
        v.protocol = protocol;
        v.sourcePort = sourcePort;
        v.destinationPort = destinationPort;
        v.oneWay = oneWay;
        boolean known = payloadStart != PacketView.UNKNOWN;
        int headerLength =
                known
                        ? Math.max(0, Math.min(payloadStart - v.fragmentOffset, v.fragmentLength))
                        : 0;
        v.transportHeaderLength = headerLength;
        v.payloadLength = known ? v.fragmentLength - headerLength : 0;
        v.payloadOffset = dataAt + headerLength;
        v.capturedPayloadLength =
                Math.max(0, Math.min(v.capturedPayloadLength - headerLength, v.payloadLength));
        if (protocol == TCP) {
            int ahead = known ? v.fragmentOffset + headerLength - payloadStart : 0;
            v.sequence = payloadSequence + ahead & 0xFFFF_FFFFL;
            v.acknowledgement = acknowledgement;
            v.tcpFlags = tcpFlags;
            v.window = window;
        }
    }

    // Bytes: of DNS datagrams, and of TCP and UDP ones until the first fragment comes.

    boolean isDns() {
        return hasFirst
                && protocol == UDP
                && BatchTopic.of(protocol, sourcePort, destinationPort) == BatchTopic.DNS;
    }

    boolean wantsBytes() {
        if (!allBytes) {
            return false;
        }
        if (hasFirst) {
            return isDns();
        }
        return key.fragmentProtocol == UDP || key.fragmentProtocol == TCP;
    }

    /** Bytes by which {@link #keep} enlarges what it holds, at most. */
    int moreBytes(PacketView v) {
        return Math.max(0, capacityFor(v) - data.length);
    }

    private int capacityFor(PacketView v) {
        int end = Math.min(MAX_LENGTH, v.fragmentOffset + v.fragmentLength);
        return end <= data.length ? data.length : Math.min(MAX_LENGTH, Math.max(end, 4096));
    }

    /**
     * Copies the fragment to its place, if all of it was captured.
     *
     * @return bytes by which that enlarged what it holds
     */
    int keep(PacketView v) {
        int length = v.fragmentLength;
        if (v.fragmentCapturedLength < length || v.fragmentOffset + length > MAX_LENGTH) {
            allBytes = false;
            return 0;
        }
        int before = data.length;
        int capacity = capacityFor(v);
        if (before < capacity) {
            data = Arrays.copyOf(data, capacity);
        }
        System.arraycopy(v.bytes, v.fragmentPosition, data, v.fragmentOffset, length);
        return data.length - before;
    }

    /** There is no room for them. */
    void giveUpBytes() {
        allBytes = false;
    }

    /** Whether the bytes of all fragments so far are in {@link #data}. */
    boolean hasAllBytes() {
        return allBytes && data.length > 0;
    }

    /** What was kept, each byte at its place in the datagram. */
    byte[] data() {
        return data;
    }

    /**
     * Forgets the bytes for good.
     *
     * @return how many it held
     */
    int forgetBytes() {
        int length = data.length;
        data = HeldFragment.NO_BYTES;
        allBytes = false;
        return length;
    }

    int messageOffset() {
        return payloadStart;
    }

    /** Length of the DNS message in {@link #data}, from {@link #messageOffset}; 0 without. */
    int messageLength() {
        if (!isDns() || !isComplete() || overlap || !hasAllBytes()) {
            return 0;
        }
        int available = totalLength - payloadStart;
        int at = payloadStart - UDP_HEADER_LENGTH + UDP_LENGTH;
        int stated = ((data[at] & 0xFF) << 8 | (data[at + 1] & 0xFF)) - UDP_HEADER_LENGTH;
        return stated <= 0 ? available : Math.min(stated, available);
    }
}
