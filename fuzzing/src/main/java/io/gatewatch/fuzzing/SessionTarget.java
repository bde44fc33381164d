package io.gatewatch.fuzzing;

import io.gatewatch.wire.BatchEncoder;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.CaptureInterface;
import io.gatewatch.wire.FlowCoding;
import io.gatewatch.wire.FlowEntry;
import io.gatewatch.wire.FlowPath;
import io.gatewatch.wire.PacketEncoder;
import io.gatewatch.wire.WireFormatException;
import io.gatewatch.wire.WirePacket;
import java.nio.ByteBuffer;

/**
 * Plays a TCP flow whose every segment is sixteen bytes of input, in slices that the input cuts:
 *
 * <pre>
 * u8 flags   u8 0x01 from B, 0x02 ends the slice   i16 time since the last, in 100 ms
 * i32 sequence   i32 acknowledgement   u16 payload length   u16 window
 * </pre>
 *
 * <p>Time may go backward, but not by more than the grace: what comes later than that may repeat a
 * session that was given up, and then has its id.
 */
public final class SessionTarget {
    /** Bytes of input for one segment. */
    static final int SEGMENT_LENGTH = 16;

    static final int FROM_B = 0x01;
    static final int ENDS_SLICE = 0x02;

    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final long TIME_UNIT_NS = 100_000_000L;
    private static final int MAX_SEGMENTS_PER_SLICE = 64;

    private final SessionTable sessions = new SessionTable();
    private final BatchEncoder encoder = new BatchEncoder();
    private final BatchHead head = new BatchHead();
    private final FlowEntry flow = new FlowEntry();
    private final FlowCoding coding = new FlowCoding();
    private final WirePacket packet = new WirePacket();
    private final byte[] encoded = new byte[MAX_SEGMENTS_PER_SLICE * 128];
    private long timeNs = START_NS;
    private int packets;
    private int length;

    private SessionTarget() {
        head.site = "site";
        head.gateway = "gateway";
        head.clockNs = START_NS;
        head.interfaces.add(new CaptureInterface("eth0", 1));
        flow.protocol = 6;
        flow.ipVersion = 4;
        flow.addressALow = 0x0A00_0001;
        flow.addressBLow = 0x0A00_0002;
        flow.portA = 40_000;
        flow.portB = 443;
        flow.paths.add(new FlowPath(0, FlowPath.NO_MAC, FlowPath.NO_MAC, 0, 0, null));
    }

    /** The fuzzer's entry point. */
    public static void fuzzerTestOneInput(byte[] input) {
        new SessionTarget().play(ByteBuffer.wrap(input));
    }

    private void play(ByteBuffer input) {
        begin();
        while (input.remaining() >= SEGMENT_LENGTH) {
            boolean endsSlice = segment(input);
            if (endsSlice || packets == MAX_SEGMENTS_PER_SLICE) {
                endSlice();
                begin();
            }
        }
        endSlice();
        sessions.finish();
    }

    private void begin() {
        coding.reset(flow.protocol, flow.ipVersion, 0);
        packets = 0;
        length = 0;
    }

    private boolean segment(ByteBuffer input) {
        packet.tcpFlags = input.get() & 0xFF;
        int choices = input.get();
        packet.fromB = (choices & FROM_B) != 0;
        long earliestNs = head.clockNs - SessionTable.GRACE_NS + 1;
        timeNs = Math.max(timeNs + input.getShort() * TIME_UNIT_NS, earliestNs);
        packet.timeNs = timeNs;
        packet.sequence = input.getInt() & 0xFFFF_FFFFL;
        packet.acknowledgement = input.getInt() & 0xFFFF_FFFFL;
        packet.payloadLength = input.getShort() & 0xFFFF;
        packet.window = input.getShort() & 0xFFFF;
        packet.transportHeaderLength = 20;
        packet.ipLength = 40 + packet.payloadLength;
        length = PacketEncoder.encode(packet, coding, false, encoded, length);
        packets++;
        head.clockNs = Math.max(head.clockNs, timeNs);
        return (choices & ENDS_SLICE) != 0;
    }

    private void endSlice() {
        if (packets == 0) {
            return;
        }
        encoder.begin(head);
        encoder.flow(flow, packets, length);
        encoder.packets(encoded, 0, length);
        encoder.finish();
        byte[] batch = encoder.toByteArray();
        try {
            sessions.take(batch, batch.length);
        } catch (WireFormatException e) {
            throw new IllegalStateException("a batch of our own cannot be read", e);
        }
    }
}
