package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.traffic.session.FlowScript.Packet;
import io.gatewatch.traffic.session.TcpExchange.Close;
import io.gatewatch.traffic.session.TcpExchange.Segment;
import io.gatewatch.wire.WirePacket;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What holds for every valid connection with one pair of initial sequence numbers and pauses below
 * the time-outs, whatever a network and a capture do to it. Each run prints the seed that repeats
 * it.
 */
class TcpPropertyTest {
    private static final int RUNS = 3_000;
    private static final long UINT32 = 0xFFFF_FFFFL;

    /** Sequence numbers that wrap within the connection, or are next to where signs change. */
    private static final long[] EDGES = {0, 1, UINT32, UINT32 - 1, 0x7FFF_FFFFL, 0x8000_0000L};

    private static final int MAX_STATE_BYTES = 3_000;

    /** One connection with what belongs to it, made from a seed of its own. */
    private record Case(long seed, Random random, TcpExchange exchange) {
        static Case of(long seed) {
            Random random = new Random(seed);
            return new Case(seed, random, new TcpExchange(random));
        }
    }

    private interface Property {
        void check(Case of);
    }

    private static void forAll(String name, Property property) {
        long seed = System.nanoTime();
        System.out.println("TcpPropertyTest " + name + " seeds from " + seed);
        for (int run = 0; run < RUNS; run++) {
            property.check(Case.of(seed + run));
        }
    }

    @Test
    void shouldTakeAnUndisturbedConnectionForWhatItIs() {
        forAll(
                "undisturbed",
                of -> {
                    SessionRow row = rowOf(of, of.exchange.segments);
                    assertTotals(of, row, of.exchange.segments);
                    assertThat(row.clientRetransmittedPackets + row.serverRetransmittedPackets)
                            .as("seed %d: sent again", of.seed)
                            .isZero();
                    assertThat(row.history).as("seed %d", of.seed).matches("[^TtGg^]*");
                });
    }

    @Test
    void shouldFindOneSessionAndRightTotalsHoweverSegmentsAreRepeatedAndReordered() {
        forAll(
                "disturbed",
                of -> {
                    List<Segment> segments = of.exchange.disturbed();
                    SessionRow row = rowOf(of, segments);
                    assertTotals(of, row, segments);
                    assertThat(row.clientMissedBytes + row.serverMissedBytes)
                            .as("seed %d: missed", of.seed)
                            .isZero();
                    assertEnd(of, row);
                });
    }

    private static void assertEnd(Case of, SessionRow row) {
        if (of.exchange.close == Close.FINS) {
            assertThat(row.endReason).as("seed %d", of.seed).isEqualTo(EndReason.FIN);
            assertThat(row.tcpState).as("seed %d", of.seed).isEqualTo("SF");
        } else if (of.exchange.close == Close.RST) {
            assertThat(row.endReason).as("seed %d", of.seed).isEqualTo(EndReason.RST);
        } else {
            assertThat(row.endReason).as("seed %d", of.seed).isEqualTo(EndReason.END_OF_INPUT);
        }
    }

    @Test
    void shouldMissWhatWasNotCaptured() {
        forAll(
                "lossy",
                of -> {
                    List<Segment> segments = of.exchange.lossy(of.exchange.disturbed());
                    SessionRow row = rowOf(of, segments);
                    assertTotals(of, row, segments);
                    boolean clientIsB = clientIsB(segments);
                    assertThat(List.of(row.clientMissedBytes, row.serverMissedBytes))
                            .as("seed %d: missed", of.seed)
                            .containsExactly(
                                    TcpExchange.missed(segments, clientIsB),
                                    TcpExchange.missed(segments, !clientIsB));
                });
    }

    @Test
    void shouldFindOneSessionAndRightTotalsWhereverTheCaptureBegins() {
        forAll(
                "midstream",
                of -> {
                    List<Segment> segments = of.exchange.midstream(of.exchange.disturbed());
                    if (!segments.isEmpty()) {
                        SessionRow row = rowOf(of, segments);
                        assertThat(row.flags).isEqualTo(SessionFlag.MIDSTREAM.bit());
                        assertTotals(of, row, segments);
                    }
                });
    }

    @Test
    void shouldWriteTheSameRowForAnySlices() {
        forAll(
                "slices",
                of -> {
                    List<Packet> packets = packetsOf(of, of.exchange.disturbed(), 0, 0);
                    ByteBuffer whole = SessionHarness.bytesOf(play(List.of(packets)).row());
                    List<List<Packet>> single = packets.stream().map(List::of).toList();
                    assertThat(SessionHarness.bytesOf(play(single).row()))
                            .as("seed %d: saved and restored behind every packet", of.seed)
                            .isEqualTo(whole);
                    assertThat(SessionHarness.bytesOf(play(cut(of, packets)).row()))
                            .as("seed %d: cut", of.seed)
                            .isEqualTo(whole);
                });
    }

    @Test
    void shouldWriteTheSameRowWhereverSequenceNumbersBegin() {
        forAll(
                "numbers",
                of -> {
                    List<Segment> segments = of.exchange.lossy(of.exchange.disturbed());
                    List<Packet> plain = packetsOf(of, segments, 1_000_000, 2_000_000);
                    List<Packet> moved = new ArrayList<>();
                    long startA = start(of.random);
                    long startB = start(of.random);
                    for (int i = 0; i < plain.size(); i++) {
                        Packet packet = packetOf(segments.get(i), startA, startB);
                        moved.add(packet.atNs(plain.get(i).timeNs()));
                    }
                    SessionRow expected = play(List.of(plain)).row();
                    SessionRow row = play(List.of(moved)).row();
                    row.sessionId = expected.sessionId; // the first number is part of it
                    assertThat(SessionHarness.bytesOf(row))
                            .as("seed %d: from %d and %d", of.seed, startA, startB)
                            .isEqualTo(SessionHarness.bytesOf(expected));
                });
    }

    @Test
    void shouldTakeAnyFieldsWithoutHarm() {
        forAll(
                "any fields",
                of -> {
                    SessionHarness run = SessionHarness.tcp();
                    long payload = 0;
                    int count = 1 + of.random.nextInt(60);
                    for (int i = 0; i < count; i++) {
                        Packet packet = anyPacket(of.random);
                        payload += packet.payloadLength();
                        run.slice(List.of(packet), of.random.nextLong());
                        assertThat(sizeOf(run.state)).isLessThan(MAX_STATE_BYTES);
                    }
                    run.end();
                    assertThat(run.rows.stream().mapToLong(TcpPropertyTest::packetsOf).sum())
                            .as("seed %d: packets", of.seed)
                            .isEqualTo(count);
                    assertThat(run.rows.stream().mapToLong(TcpPropertyTest::payloadOf).sum())
                            .as("seed %d: payload", of.seed)
                            .isEqualTo(payload);
                });
    }

    private static Packet anyPacket(Random random) {
        boolean wild = random.nextInt(4) == 0;
        return new Packet(
                wild ? random.nextLong() : FlowScript.BASE_NS + random.nextInt(),
                random.nextBoolean(),
                random.nextInt(wild ? 0x1000 : 0x20),
                random.nextBoolean() ? random.nextInt() & UINT32 : random.nextInt(100),
                random.nextBoolean() ? random.nextInt() & UINT32 : random.nextInt(100),
                random.nextInt(wild ? 0xFF_FFFF : 100),
                random.nextInt(3) * 0x7FFF,
                random.nextInt(4) * 20,
                wild ? random.nextLong() : 0);
    }

    private static int sizeOf(SessionState state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            state.write(new DataOutputStream(bytes));
            return bytes.size();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long packetsOf(SessionRow row) {
        return row.clientPackets + row.serverPackets;
    }

    private static long payloadOf(SessionRow row) {
        return row.clientPayloadBytes + row.serverPayloadBytes;
    }

    // From segments to rows.

    private static SessionRow rowOf(Case of, List<Segment> segments) {
        List<Packet> packets = packetsOf(of, segments, start(of.random), start(of.random));
        SessionHarness run = play(cut(of, packets));
        assertThat(run.rows).as("seed %d: sessions", of.seed).hasSize(1);
        return run.row();
    }

    private static long start(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> (EDGES[random.nextInt(EDGES.length)] - random.nextInt(20_000)) & UINT32;
            default -> random.nextInt() & UINT32;
        };
    }

    private static SessionHarness play(List<List<Packet>> slices) {
        SessionHarness run = SessionHarness.tcp();
        slices.forEach(run::slice);
        return run.end();
    }

    private static List<List<Packet>> cut(Case of, List<Packet> packets) {
        List<List<Packet>> slices = new ArrayList<>();
        int from = 0;
        while (from < packets.size()) {
            int to = Math.min(packets.size(), from + 1 + of.random.nextInt(8));
            slices.add(packets.subList(from, to));
            from = to;
        }
        return slices;
    }

    /** Pauses are below every time-out, and short as long as something may still be repeated. */
    private static List<Packet> packetsOf(
            Case of, List<Segment> segments, long startA, long startB) {
        List<Packet> packets = new ArrayList<>();
        double seconds = 0;
        for (int i = 0; i < segments.size(); i++) {
            boolean quiet = of.exchange.close == Close.NONE && i > 12 && of.random.nextInt(8) == 0;
            seconds += of.random.nextDouble() * (quiet ? 590 : 4);
            packets.add(packetOf(segments.get(i), startA, startB).atNs(FlowScript.at(seconds)));
        }
        return packets;
    }

    private static Packet packetOf(Segment segment, long startA, long startB) {
        long own = segment.fromB() ? startB : startA;
        long peer = segment.fromB() ? startA : startB;
        boolean acknowledges = segment.has(WirePacket.ACK);
        return new Packet(
                0,
                segment.fromB(),
                segment.flags(),
                (own + segment.position()) & UINT32,
                acknowledges ? (peer + segment.acknowledged()) & UINT32 : 0,
                segment.payloadLength(),
                1024);
    }

    private static boolean clientIsB(List<Segment> segments) {
        for (Segment segment : segments) {
            if (segment.has(WirePacket.SYN) && !segment.has(WirePacket.ACK)) {
                return segment.fromB();
            }
        }
        throw new AssertionError("no SYN");
    }

    private static void assertTotals(Case of, SessionRow row, List<Segment> segments) {
        boolean clientIsB = row.clientIp[3] == 2;
        if (segments.stream().anyMatch(segment -> segment.has(WirePacket.SYN))) {
            assertThat(clientIsB).as("seed %d: client", of.seed).isEqualTo(clientIsB(segments));
        }
        assertThat(List.of(row.clientPackets, row.serverPackets))
                .as("seed %d: packets", of.seed)
                .containsExactly(count(segments, clientIsB), count(segments, !clientIsB));
        assertThat(List.of(row.clientPayloadBytes, row.serverPayloadBytes))
                .as("seed %d: payload", of.seed)
                .containsExactly(
                        TcpExchange.payload(segments, clientIsB),
                        TcpExchange.payload(segments, !clientIsB));
        assertThat(List.of(row.clientRetransmittedBytes, row.serverRetransmittedBytes))
                .as("seed %d: sent again", of.seed)
                .containsExactly(
                        TcpExchange.repeated(segments, clientIsB),
                        TcpExchange.repeated(segments, !clientIsB));
    }

    private static long count(List<Segment> segments, boolean fromB) {
        return segments.stream().filter(segment -> segment.fromB() == fromB).count();
    }
}
