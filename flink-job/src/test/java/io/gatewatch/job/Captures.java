package io.gatewatch.job;

import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.testing.DnsMessageBuilder;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import io.gatewatch.wire.BatchEncoder;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.CaptureInterface;
import io.gatewatch.wire.PacketBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Frames of made-up conversations, and the batches that an agent would make of them. */
public final class Captures {
    public static final long START_NS = TcpConversation.DEFAULT_START_NS;
    public static final long SECOND_NS = 1_000_000_000L;

    private static final int ETHERNET = 1;

    private Captures() {}

    /** One connection from its SYN to its last acknowledgement. */
    public static TcpConversation conversation(int clientPort) {
        return TcpConversation.between("192.0.2.1", clientPort, "198.51.100.7", 443);
    }

    /**
     * Connections, queries and pings that overlap, some of them idle for longer than a time-out.
     *
     * @param seed what differs between two captures
     */
    public static List<TimedFrame> mixed(long seed) {
        Random random = new Random(seed);
        List<TimedFrame> frames = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long start = START_NS + random.nextInt(1_500) * SECOND_NS + random.nextInt(1_000_000);
            switch (i % 4) {
                case 0 -> frames.addAll(closed(20_000 + i, start, random));
                case 1 -> frames.addAll(leftOpen(20_000 + i, start, random));
                case 2 -> frames.addAll(queries(30_000 + i, start, random));
                default -> frames.addAll(pings(start, random));
            }
        }
        frames.sort(Comparator.comparingLong(TimedFrame::timeNs));
        return frames;
    }

    /** Clients that ask for names, again and again, and connect meanwhile. */
    public static List<TimedFrame> named(long seed) {
        Random random = new Random(seed);
        List<TimedFrame> frames = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String client = "192.0.2." + (1 + random.nextInt(20));
            String server = "198.51.100." + (1 + random.nextInt(10));
            long start = START_NS + random.nextInt(1_500) * SECOND_NS + random.nextInt(1_000_000);
            byte[] response =
                    DnsMessageBuilder.response(i)
                            .question("host" + i + ".example", DnsMessageBuilder.A)
                            .alias("host" + i + ".example", "edge.example", 60)
                            .address("edge.example", server, random.nextInt(300))
                            .build();
            frames.add(
                    new TimedFrame(
                            start,
                            FrameBuilder.ethernet()
                                    .ipv4("192.0.2.254", client)
                                    .udp(53, 30_000 + i)
                                    .payload(response)
                                    .build()));
            frames.addAll(
                    TcpConversation.between(client, 40_000 + i, server, 443)
                            .at(start + random.nextInt(5) * SECOND_NS)
                            .handshake()
                            .pause(random.nextInt(500) * SECOND_NS)
                            .close()
                            .frames());
        }
        frames.sort(Comparator.comparingLong(TimedFrame::timeNs));
        return frames;
    }

    private static List<TimedFrame> closed(int port, long start, Random random) {
        return conversation(port)
                .at(start)
                .step(1_000_000 + random.nextInt(50_000_000))
                .handshake()
                .clientSends(random.nextInt(1_000))
                .serverSends(random.nextInt(1_400))
                .close()
                .frames();
    }

    private static List<TimedFrame> leftOpen(int port, long start, Random random) {
        return conversation(port)
                .at(start)
                .handshake()
                .clientSends(random.nextInt(1_000))
                .pause((random.nextInt(2) * 900L + 1) * SECOND_NS)
                .clientSends(10)
                .frames();
    }

    private static List<TimedFrame> queries(int port, long start, Random random) {
        List<TimedFrame> frames = new ArrayList<>();
        long time = start;
        for (int i = 0; i < 4; i++) {
            frames.add(new TimedFrame(time, query(port, 20 + random.nextInt(40))));
            time += random.nextInt(500) * SECOND_NS;
        }
        return frames;
    }

    private static byte[] query(int port, int length) {
        return FrameBuilder.ethernet()
                .ipv4("192.0.2.1", "192.0.2.254")
                .udp(port, 53)
                .payload(length)
                .build();
    }

    private static List<TimedFrame> pings(long start, Random random) {
        byte[] ping =
                FrameBuilder.ethernet()
                        .ipv6("2001:db8::1", "2001:db8::" + (2 + random.nextInt(9)))
                        .icmpv6(128, 0)
                        .payload(8)
                        .build();
        return List.of(new TimedFrame(start, ping), new TimedFrame(start + 2 * SECOND_NS, ping));
    }

    /** The batches of one gateway, in the order in which its agent would send them. */
    public static List<BatchRecord> batches(List<TimedFrame> frames) {
        return batches(frames, BatchSettings.defaults("site", "gateway", 1), false);
    }

    public static List<BatchRecord> batches(
            List<TimedFrame> frames, BatchSettings settings, boolean lastOfAll) {
        List<BatchRecord> records = new ArrayList<>();
        PacketBatch checker = new PacketBatch();
        FlowBatcher batcher =
                new FlowBatcher(
                        settings,
                        new CaptureCounters(),
                        (topic, partition, bytes, length, packets) ->
                                records.add(
                                        BatchRecord.of(
                                                topic,
                                                partition,
                                                BatchRecord.NO_APPEND_TIME,
                                                Arrays.copyOf(bytes, length),
                                                checker)));
        batcher.interfaces(List.of(new CaptureInterface("eth0", ETHERNET)));
        for (TimedFrame frame : frames) {
            int length = frame.bytes().length;
            batcher.frame(0, frame.timeNs(), frame.bytes(), 0, length, length);
        }
        batcher.endOfCapture(lastOfAll);
        return records;
    }

    /** A batch without packets that tells the clock. */
    public static BatchRecord punctuation(
            BatchTopic topic, int partition, long clockNs, int flags, long appendTimeMs) {
        BatchHead head = new BatchHead();
        head.site = "site";
        head.gateway = "gateway";
        head.clockNs = clockNs;
        head.flags = flags;
        BatchEncoder encoder = new BatchEncoder();
        encoder.begin(head);
        encoder.finish();
        return BatchRecord.of(
                topic, partition, appendTimeMs, encoder.toByteArray(), new PacketBatch());
    }
}
