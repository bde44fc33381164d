package io.gatewatch.scenarios;

import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A capture of 100 seconds in which 300 connections, each with a query before it, are open at the
 * same time from its first quarter to its last; every third of them is never closed.
 */
final class LongConnections {
    private static final int CONNECTIONS = 300;
    private static final int EXCHANGES = 12;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MILLISECOND_NS = 1_000_000L;

    private LongConnections() {}

    static Path write(Path file) throws IOException {
        Random random = new Random(1); // the same capture every time
        List<TimedFrame> frames = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            long startNs = TcpConversation.DEFAULT_START_NS + i * 50L * MILLISECOND_NS;
            String client = "192.0.2." + (1 + i % 200);
            frames.add(new TimedFrame(startNs, query(client, 30_000 + i)));
            frames.addAll(connection(client, 40_000 + i, startNs + SECOND_NS, random, i % 3 != 0));
        }
        frames.sort(Comparator.comparingLong(TimedFrame::timeNs));
        return CaptureFileBuilder.pcap().nanoseconds().packets(frames).writeTo(file);
    }

    private static byte[] query(String client, int port) {
        return FrameBuilder.ethernet()
                .ipv4(client, "192.0.2.254")
                .udp(port, 53)
                .payload(40)
                .build();
    }

    private static List<TimedFrame> connection(
            String client, int port, long startNs, Random random, boolean closed) {
        TcpConversation connection =
                TcpConversation.between(client, port, "198.51.100." + (1 + port % 50), 443)
                        .at(startNs)
                        .step(10 * MILLISECOND_NS)
                        .handshake();
        for (int i = 0; i < EXCHANGES; i++) {
            connection
                    .pause((6_000 + random.nextInt(1_000)) * MILLISECOND_NS)
                    .clientSends(1 + random.nextInt(500))
                    .serverSends(1 + random.nextInt(4_000))
                    .clientAcknowledges();
        }
        return closed ? connection.close().frames() : connection.frames();
    }
}
