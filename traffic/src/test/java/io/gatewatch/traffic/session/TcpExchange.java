package io.gatewatch.traffic.session;

import io.gatewatch.wire.WirePacket;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A valid TCP connection, made up from a seed: what both ends send, in the order sent. Numbers
 * count from each side's SYN, so that they can be moved anywhere. Segments have two payload bytes
 * or more: one alone may be a keep-alive.
 */
final class TcpExchange {
    /** How the connection ends. */
    enum Close {
        NONE,
        FINS,
        RST
    }

    /** One segment; {@code acknowledged} is 0 without ACK. */
    record Segment(boolean fromB, int flags, int position, int acknowledged, int payloadLength) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        int end() {
            return position + (has(WirePacket.SYN) ? 1 : 0) + payloadLength;
        }
    }

    private static final int MAX_DISPLACEMENT = 3;
    private static final int MAX_REPEAT_DISPLACEMENT = 6;
    private static final int MAX_LOST = 5;
    private static final int LARGE_SEGMENTS = 4;

    final Close close;
    final List<Segment> segments = new ArrayList<>();

    private final Random random;

    /** Behind what each side sent; index 1 is B. */
    private final int[] sent = new int[2];

    /** What each side has acknowledged of the other. */
    private final int[] acknowledged = new int[2];

    private final boolean[] closed = new boolean[2];
    private int large;

    TcpExchange(Random random) {
        this.random = random;
        close = Close.values()[random.nextInt(3)];
        open(random.nextBoolean());
        for (int left = random.nextInt(25); left > 0; left--) {
            talk(random.nextBoolean());
        }
        end(random.nextBoolean());
    }

    private void open(boolean clientIsB) {
        int early = random.nextInt(6) == 0 ? 2 + random.nextInt(1000) : 0;
        send(clientIsB, WirePacket.SYN, early);
        if (early == 0 && random.nextInt(10) == 0) {
            send(!clientIsB, WirePacket.SYN, 0);
            again(clientIsB);
            again(!clientIsB);
        } else {
            send(!clientIsB, WirePacket.SYN | WirePacket.ACK, 0);
            send(clientIsB, WirePacket.ACK, 0);
        }
    }

    // The SYN+ACK of a simultaneous open repeats the SYN's number.
    private void again(boolean fromB) {
        acknowledged[index(fromB)] = sent[index(!fromB)];
        segments.add(new Segment(fromB, WirePacket.SYN | WirePacket.ACK, 0, 1, 0));
    }

    private void talk(boolean fromB) {
        int length = 0;
        if (!closed[index(fromB)] && random.nextInt(4) > 0) {
            boolean coalesced = large < LARGE_SEGMENTS && random.nextInt(10) == 0;
            large += coalesced ? 1 : 0;
            length = 2 + random.nextInt(coalesced ? 100_000 : 1460);
        }
        send(fromB, WirePacket.ACK, length);
    }

    private void end(boolean firstIsB) {
        switch (close) {
            case NONE -> {}
            case RST -> send(firstIsB, WirePacket.RST | WirePacket.ACK, 0);
            case FINS -> {
                fin(firstIsB);
                for (int left = random.nextInt(6); left > 0; left--) {
                    talk(!firstIsB);
                }
                fin(!firstIsB);
                acknowledge(firstIsB);
                acknowledge(!firstIsB);
            }
        }
    }

    private void fin(boolean fromB) {
        send(
                fromB,
                WirePacket.FIN | WirePacket.ACK,
                random.nextBoolean() ? 0 : 2 + random.nextInt(99));
        sent[index(fromB)]++;
        closed[index(fromB)] = true;
    }

    private void acknowledge(boolean fromB) {
        acknowledged[index(fromB)] = sent[index(!fromB)];
        send(fromB, WirePacket.ACK, 0);
    }

    private void send(boolean fromB, int flags, int payloadLength) {
        int own = index(fromB);
        int acknowledges = 0;
        if ((flags & WirePacket.ACK) != 0) {
            int all = sent[1 - own];
            boolean handshake = acknowledged[own] == 0;
            boolean whole = handshake || random.nextInt(3) > 0;
            acknowledges = whole ? all : acknowledged[own];
            acknowledged[own] = acknowledges;
        }
        segments.add(new Segment(fromB, flags, sent[own], acknowledges, payloadLength));
        sent[own] += payloadLength + ((flags & WirePacket.SYN) != 0 ? 1 : 0);
    }

    private static int index(boolean fromB) {
        return fromB ? 1 : 0;
    }

    // What a network does to it.

    /** Segments repeated a few places later, and moved by a few places. */
    List<Segment> disturbed() {
        record Placed(double place, Segment segment) {}
        List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            boolean moves = !segment.has(WirePacket.RST);
            double place = i + (moves ? random.nextDouble() * MAX_DISPLACEMENT : MAX_DISPLACEMENT);
            placed.add(new Placed(place, segment));
            if (random.nextInt(6) == 0) {
                double later = random.nextDouble() * MAX_REPEAT_DISPLACEMENT;
                placed.add(new Placed(place + later, segment));
            }
        }
        placed.sort(Comparator.comparingDouble(Placed::place));
        return new ArrayList<>(placed.stream().map(Placed::segment).toList());
    }

    /** Without its beginning, and without any SYN. */
    List<Segment> midstream(List<Segment> whole) {
        int from = random.nextInt(whole.size());
        List<Segment> rest = new ArrayList<>(whole.subList(from, whole.size()));
        rest.removeIf(segment -> segment.has(WirePacket.SYN));
        return rest;
    }

    /** Without a few segments that are not of the handshake. */
    List<Segment> lossy(List<Segment> whole) {
        List<Segment> rest = new ArrayList<>(whole);
        for (int left = random.nextInt(MAX_LOST + 1); left > 0; left--) {
            int at = random.nextInt(rest.size());
            if (!rest.get(at).has(WirePacket.SYN)) {
                rest.remove(at);
            }
        }
        return rest;
    }

    // What must come out.

    /** Bytes of a side's stream that were captured, by position; a FIN has one. */
    static BitSet captured(List<Segment> segments, boolean fromB) {
        BitSet bytes = new BitSet();
        for (Segment segment : segments) {
            if (segment.fromB() == fromB && !segment.has(WirePacket.RST)) {
                bytes.set(segment.end() - segment.payloadLength(), segment.end());
                if (segment.has(WirePacket.FIN)) {
                    bytes.set(segment.end());
                }
            }
        }
        return bytes;
    }

    /** Payload bytes of a side, each as often as it was captured. */
    static long payload(List<Segment> segments, boolean fromB) {
        return segments.stream()
                .filter(segment -> segment.fromB() == fromB)
                .mapToLong(Segment::payloadLength)
                .sum();
    }

    /** How often each byte after its first time: what was sent again. */
    static long repeated(List<Segment> segments, boolean fromB) {
        BitSet data = new BitSet();
        for (Segment segment : segments) {
            if (segment.fromB() == fromB) {
                data.set(segment.end() - segment.payloadLength(), segment.end());
            }
        }
        return payload(segments, fromB) - data.cardinality();
    }

    /** Bytes behind a side's SYN that the other one acknowledged and nobody captured. */
    static long missed(List<Segment> segments, boolean fromB) {
        int acknowledged = 1;
        for (Segment segment : segments) {
            if (segment.fromB() != fromB && !segment.has(WirePacket.RST)) {
                acknowledged = Math.max(acknowledged, segment.acknowledged());
            }
        }
        BitSet captured = captured(segments, fromB);
        captured.clear(acknowledged, Math.max(acknowledged, captured.length()));
        captured.clear(0);
        return acknowledged - 1L - captured.cardinality();
    }
}
