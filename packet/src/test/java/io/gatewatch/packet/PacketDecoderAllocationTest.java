package io.gatewatch.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gatewatch.testing.FrameBuilder;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class PacketDecoderAllocationTest {
    private static final int FRAMES = 50_000;

    /** What the measurement itself and class loading may take; a byte per frame would be more. */
    private static final long SLACK_BYTES = 20_000;

    private final PacketDecoder decoder = new PacketDecoder();
    private final PacketView view = new PacketView();

    @Test
    void shouldAllocateNothingPerFrame() {
        byte[] frame =
                FrameBuilder.ethernet()
                        .vlan(42)
                        .ipv6("2001:db8::1", "2001:db8::2")
                        .extension(0, new byte[6])
                        .tcp(40000, 443)
                        .flags("PA")
                        .payload(100)
                        .build();
        byte[] refused = frame.clone();
        refused[18] = 0;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        decode(frame, refused);

        long before = threads.getCurrentThreadAllocatedBytes();
        decode(frame, refused);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(SLACK_BYTES);
    }

    private void decode(byte[] frame, byte[] refused) {
        for (int i = 0; i < FRAMES; i++) {
            decoder.decode(1, frame, 0, frame.length, frame.length, view);
            decoder.decode(1, refused, 0, refused.length, refused.length, view);
        }
    }
}
