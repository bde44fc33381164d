package io.gatewatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Packets cost no objects, in writing or in reading. */
class AllocationTest {
    private static final int PACKETS = 20_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    void shouldAllocateNothingPerPacket() throws WireFormatException {
        WirePacket packet = new WirePacket();
        FlowCoding coding = new FlowCoding();
        byte[] out = new byte[PACKETS * 64];
        encode(packet, coding, out, 10); // loads classes
        PacketCursor cursor = new PacketCursor();
        FlowEntry flow = new FlowEntry();
        flow.protocol = 6;
        flow.ipVersion = 4;
        flow.paths.add(new FlowPath(0, FlowPath.NO_MAC, FlowPath.NO_MAC, 0, 0, null));

        long before = allocated();
        int length = encode(packet, coding, out, PACKETS);
        long whileWriting = allocated() - before;
        cursor.wrap(out, 0, length, flow, PACKETS, 0, false);
        int read = 0;
        before = allocated();
        while (cursor.next()) {
            read++;
        }
        long whileReading = allocated() - before;

        assertThat(read).isEqualTo(PACKETS);
        assertThat(whileWriting).isLessThan(PACKETS / 10);
        assertThat(whileReading).isLessThan(PACKETS / 10);
    }

    private static int encode(WirePacket packet, FlowCoding coding, byte[] out, int packets) {
        coding.reset(6, 4, 0);
        int at = 0;
        for (int i = 0; i < packets; i++) {
            packet.timeNs = i * 1_000L;
            packet.fromB = i % 3 == 0;
            packet.payloadLength = i % 1460;
            packet.sequence = i * 1460L;
            packet.acknowledgement = i;
            packet.window = i & 0xFFFF;
            packet.tcpFlags = WirePacket.ACK;
            packet.transportHeaderLength = 20;
            packet.ipLength = 40 + packet.payloadLength;
            at = PacketEncoder.encode(packet, coding, false, out, at);
        }
        return at;
    }
}
