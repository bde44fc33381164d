package io.gatewatch.fuzzing;

import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.WireFormatException;
import io.gatewatch.wire.WirePacket;

/**
 * Reads the input as a packet batch. It is refused, or read twice with the same result, and then
 * assembled into sessions that hold all of its packets.
 */
public final class BatchTarget {
    private BatchTarget() {}

    /** The fuzzer's entry point. */
    public static void fuzzerTestOneInput(byte[] input) {
        PacketBatch batch = new PacketBatch();
        try {
            batch.check(input, 0, input.length);
        } catch (WireFormatException refused) {
            Expect.that(refused.getMessage() != null, "a refusal says why");
            return;
        }
        try {
            SessionTable sessions = new SessionTable();
            Expect.that(readAll(batch, input) == batch.head().packetCount, "counts add up");
            sessions.take(input, input.length);
            sessions.finish();
        } catch (WireFormatException e) {
            throw new IllegalStateException("refused after it had passed", e);
        }
    }

    private static int readAll(PacketBatch batch, byte[] input) throws WireFormatException {
        int packets = 0;
        batch.wrap(input, 0, input.length);
        while (batch.nextFlow()) {
            while (batch.flow().packets().next()) {
                packets++;
                check(batch.flow().packets().packet());
            }
        }
        return packets;
    }

    private static void check(WirePacket p) {
        Expect.inside(p.options, p.optionsOffset, p.optionsLength, "options");
        Expect.inside(p.prefix, p.prefixOffset, p.prefixLength, "prefix");
        Expect.inside(p.tail, p.tailOffset, p.tailLength, "tail");
        Expect.inside(p.extensions, p.extensionsOffset, p.extensionsLength, "extensions");
        Expect.that(
                (p.sequence >>> 32 | p.acknowledgement >>> 32 | p.window >>> 16) == 0,
                "numbers have their widths");
        Expect.that(
                (p.ipLength | p.payloadLength | p.transportHeaderLength) >= 0,
                "lengths are not negative");
    }
}
