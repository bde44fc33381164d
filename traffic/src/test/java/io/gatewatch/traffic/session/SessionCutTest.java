package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.traffic.session.FlowScript.Packet;
import io.gatewatch.wire.Anomaly;
import io.gatewatch.wire.WirePacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * However the same packets are cut into slices, and whenever timers fire, the rows are the same.
 */
class SessionCutTest {
    private static final int RUNS = 400;
    private static final long LAST_SECONDS = 100_000;

    @Test
    void shouldWriteTheSameRowsForAnyCut() {
        long seed = System.nanoTime();
        System.out.println("SessionCutTest seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            List<Packet> packets = traffic(random);
            List<ByteBuffer> whole = rowsOf(List.of(packets), SessionHarness.Timers.EAGER);
            for (SessionHarness.Timers timers : SessionHarness.Timers.values()) {
                assertThat(rowsOf(cut(packets, random), timers))
                        .as("seed %d, run %d, timers %s", seed, run, timers)
                        .isEqualTo(whole);
            }
            assertThat(packetsIn(packets))
                    .isEqualTo(packets.stream().filter(packet -> !packet.isReport()).count());
        }
    }

    /** Segments of every kind, few distinct numbers, pauses of every length, disorder, reports. */
    private static List<Packet> traffic(Random random) {
        List<Packet> packets = new ArrayList<>();
        double[] pauses = {0, 0.001, 0.2, 5, 40, 59, 61, 100, 131, 580, 599, 601, 700};
        int[] flags = {
            WirePacket.SYN,
            WirePacket.SYN | WirePacket.ACK,
            WirePacket.ACK,
            WirePacket.ACK,
            WirePacket.PSH | WirePacket.ACK,
            WirePacket.FIN | WirePacket.ACK,
            WirePacket.RST
        };
        double seconds = 0;
        int count = 2 + random.nextInt(40);
        for (int i = 0; i < count; i++) {
            seconds += pauses[random.nextInt(pauses.length)];
            if (random.nextInt(6) == 0) {
                double reportSeconds = seconds - random.nextInt(3) * 20;
                long anomaly = Anomaly.ICMP_UNREACHABLE.bit() << random.nextInt(4);
                packets.add(Packet.report(FlowScript.at(reportSeconds), anomaly));
            }
            double disorder = random.nextInt(4) == 0 ? random.nextDouble() * 50 : 0;
            packets.add(
                    new Packet(
                            FlowScript.at(seconds - disorder),
                            random.nextBoolean(),
                            flags[random.nextInt(flags.length)],
                            1000 + random.nextInt(4) * 10,
                            1000 + random.nextInt(4) * 10,
                            random.nextInt(3) * 10,
                            random.nextInt(2) * 100));
        }
        // What is open at the end would end by a timer or by the end: make it the timer.
        packets.add(new Packet(FlowScript.at(LAST_SECONDS), false, WirePacket.SYN, 7, 0, 0, 1));
        packets.add(new Packet(FlowScript.at(2 * LAST_SECONDS), false, WirePacket.SYN, 8, 0, 0, 1));
        return packets;
    }

    private static List<List<Packet>> cut(List<Packet> packets, Random random) {
        List<List<Packet>> slices = new ArrayList<>();
        int from = 0;
        while (from < packets.size()) {
            int to = Math.min(packets.size(), from + 1 + random.nextInt(6));
            slices.add(packets.subList(from, to));
            from = to;
        }
        return slices;
    }

    private static SessionHarness play(List<List<Packet>> slices, SessionHarness.Timers timers) {
        SessionHarness run = SessionHarness.tcp().timers(timers);
        slices.forEach(run::slice);
        return run.end();
    }

    private static List<ByteBuffer> rowsOf(
            List<List<Packet>> slices, SessionHarness.Timers timers) {
        return play(slices, timers).rows.stream().map(SessionHarness::bytesOf).toList();
    }

    private static long packetsIn(List<Packet> packets) {
        return play(List.of(packets), SessionHarness.Timers.NEVER).rows.stream()
                .mapToLong(row -> row.clientPackets + row.serverPackets)
                .sum();
    }
}
