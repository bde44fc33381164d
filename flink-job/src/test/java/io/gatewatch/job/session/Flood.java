package io.gatewatch.job.session;

import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.job.Captures;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import io.gatewatch.wire.CaptureInterface;
import io.gatewatch.wire.PacketBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Conversations, and between their beginnings and their ends a flood of SYNs from random sources,
 * as an agent would send it. 40 s of capture time: no time-out is due meanwhile.
 */
final class Flood {
    /** What all of it is seeded with. */
    static final long SEED = 20_260;

    static final int CONVERSATIONS = 300;
    static final int FIRST_PORT = 20_000;

    private static final int FLOWS_AT_ONCE = 500;
    private static final int ETHERNET = 1;
    private static final int SOURCE_AT = 26;
    private static final int PORT_AT = 34;
    private static final int SEQUENCE_AT = 38;
    private static final long FLOOD_NS = 40 * Captures.SECOND_NS;

    private final Random random = new Random(SEED);
    private final PacketBatch checker = new PacketBatch();
    private final FlowBatcher batcher;
    private final int flows;
    private final byte[] syn =
            FrameBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.7").tcp(1, 80).flags("S").build();
    private Consumer<BatchRecord> out;
    private int sent;
    private int step;

    /**
     * @param flows of one SYN each
     */
    Flood(int flows) {
        this.flows = flows;
        batcher =
                new FlowBatcher(
                        BatchSettings.defaults("site", "gateway", 1),
                        new CaptureCounters(),
                        (topic, partition, bytes, length, packets) -> {
                            out.accept(
                                    BatchRecord.of(
                                            topic,
                                            partition,
                                            BatchRecord.NO_APPEND_TIME,
                                            Arrays.copyOf(bytes, length),
                                            checker));
                            return true;
                        });
        batcher.interfaces(List.of(new CaptureInterface("eth0", ETHERNET)));
    }

    /** How many calls of {@link #next} there are. */
    static int steps(int flows) {
        return (flows + FLOWS_AT_ONCE - 1) / FLOWS_AT_ONCE + 2;
    }

    /** The next batches: beginnings, the flood piece by piece, ends. */
    void next(Consumer<BatchRecord> to) {
        out = to;
        if (step++ == 0) {
            send(beginnings());
            return;
        }
        int piece = Math.min(FLOWS_AT_ONCE, flows - sent);
        for (int i = 0; i < piece; i++) {
            sendSyn(Captures.START_NS + (sent + i) * FLOOD_NS / flows + 3 * Captures.SECOND_NS);
        }
        if (piece == 0) {
            send(ends());
            batcher.endOfCapture(true);
        }
        sent += piece;
    }

    private void sendSyn(long timeNs) {
        byte[] frame = syn.clone();
        put(frame, SOURCE_AT, 0x0A00_0000 | random.nextInt(1 << 24));
        put(frame, SEQUENCE_AT, random.nextInt());
        int port = 1_024 + random.nextInt(60_000);
        frame[PORT_AT] = (byte) (port >>> 8);
        frame[PORT_AT + 1] = (byte) port;
        batcher.frame(0, timeNs, frame, 0, frame.length, frame.length);
    }

    private static void put(byte[] frame, int at, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            frame[at + i] = (byte) (value >>> (24 - 8 * i));
        }
    }

    private static List<TimedFrame> beginnings() {
        List<TimedFrame> frames = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            frames.addAll(conversation(i).handshake().clientSends(100).frames());
        }
        return sorted(frames);
    }

    private static List<TimedFrame> ends() {
        List<TimedFrame> frames = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            List<TimedFrame> whole =
                    conversation(i)
                            .handshake()
                            .clientSends(100)
                            .pause(FLOOD_NS + 5 * Captures.SECOND_NS)
                            .serverSends(900)
                            .close()
                            .frames();
            int begun = conversation(i).handshake().clientSends(100).frames().size();
            frames.addAll(whole.subList(begun, whole.size()));
        }
        return sorted(frames);
    }

    private static TcpConversation conversation(int number) {
        return Captures.conversation(FIRST_PORT + number)
                .at(Captures.START_NS + number * 1_000_000L);
    }

    private static List<TimedFrame> sorted(List<TimedFrame> frames) {
        frames.sort(Comparator.comparingLong(TimedFrame::timeNs));
        return frames;
    }

    private void send(List<TimedFrame> frames) {
        for (TimedFrame frame : frames) {
            int length = frame.bytes().length;
            batcher.frame(0, frame.timeNs(), frame.bytes(), 0, length, length);
        }
    }
}
