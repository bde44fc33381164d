package io.gatewatch.agent;

import io.gatewatch.capture.batch.OwnTraffic;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.FuzzBytes;
import io.gatewatch.testing.Hex;
import io.gatewatch.testing.TimedFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Frames of everything that is counted somewhere: plain packets, DNS, fragments in any order and
 * without their first, tunnels with fragments in them, the agent's own traffic, what is not IP,
 * what is broken; times that jump, go backward, or cannot be used.
 */
final class RandomCapture {
    /** Where its own traffic goes. */
    static final OwnTraffic.Endpoint BROKER = new OwnTraffic.Endpoint(4, 0, 0xC633640AL, 9092);

    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final long MS = 1_000_000;
    private static final byte[] VXLAN = Hex.bytes("08000000 00002a00");

    private final FuzzBytes fuzz;
    private final Random random;
    private long nowMs;

    private RandomCapture(FuzzBytes fuzz) {
        this.fuzz = fuzz;
        random = fuzz.random();
    }

    static List<TimedFrame> frames(FuzzBytes fuzz, int count) {
        RandomCapture capture = new RandomCapture(fuzz);
        List<TimedFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(new TimedFrame(capture.timeNs(), capture.frame()));
        }
        return frames;
    }

    private long timeNs() {
        nowMs += random.nextInt(200) == 0 ? random.nextInt(100_000) : random.nextInt(100);
        if (random.nextInt(50) == 0) {
            return random.nextBoolean() ? -1 : Long.MAX_VALUE;
        }
        long backMs = random.nextInt(10) == 0 ? random.nextInt(90_000) : 0;
        return START_NS + Math.max(0, nowMs - backMs) * MS;
    }

    private byte[] frame() {
        byte[] frame = packet();
        while (random.nextInt(4) == 0) {
            frame = vxlan(frame);
        }
        return random.nextInt(10) == 0 ? fuzz.mutate(frame) : frame;
    }

    private byte[] packet() {
        FrameBuilder ip = FrameBuilder.ethernet().ipv4(client(), "198.51.100.1");
        return switch (random.nextInt(8)) {
            case 0, 1 -> ip.tcp(40_000, 443).flags("A").payload(random.nextInt(100)).build();
            case 2 -> ip.udp(40_000, 53).payload(30).build();
            case 3, 4, 5 -> fragment(ip);
            case 6 ->
                    FrameBuilder.ethernet()
                            .ipv4(client(), "198.51.100.10")
                            .tcp(40_000, 9092)
                            .flags("A")
                            .build();
            default -> FrameBuilder.ethernet().etherType(0x0806).payload(46).build();
        };
    }

    private String client() {
        return "192.0.2." + (1 + random.nextInt(20));
    }

    private byte[] fragment(FrameBuilder ip) {
        int place = random.nextInt(4);
        FrameBuilder part = ip.identification(random.nextInt(50)).fragment(16 * place, place < 3);
        if (place > 0) {
            return part.protocol(17).payload(16).build();
        }
        return part.udp(40_000, random.nextBoolean() ? 53 : 9).udpLength(64).payload(8).build();
    }

    private static byte[] vxlan(byte[] frame) {
        byte[] payload = Arrays.copyOf(VXLAN, VXLAN.length + frame.length);
        System.arraycopy(frame, 0, payload, VXLAN.length, frame.length);
        return FrameBuilder.ethernet()
                .ipv4("10.0.0.1", "10.0.0.2")
                .udp(50_000, 4789)
                .payload(payload)
                .build();
    }
}
