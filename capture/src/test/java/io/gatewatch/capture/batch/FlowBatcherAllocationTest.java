package io.gatewatch.capture.batch;

import static io.gatewatch.capture.batch.BatcherHarness.START_NS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.wire.CaptureInterface;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A packet of a known flow must not allocate; what a batch allocates is spread over its packets.
 */
class FlowBatcherAllocationTest {
    private static final int FLOWS = 100;
    private static final int WARM_UP_PACKETS = 200_000;
    private static final int PACKETS = 1_000_000;

    private final FlowBatcher batcher =
            new FlowBatcher(
                    new SettingsBuilder().partitions(8, 4).live().build(),
                    new CaptureCounters(),
                    (topic, partition, bytes, length, packets) -> true);
    private final byte[][] frames = new byte[FLOWS][];
    private long timeNs = START_NS;

    @Test
    void shouldAllocateNothingPerPacketAfterWarmUp() {
        assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean,
                "this Java does not count what a thread allocates");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        batcher.interfaces(List.of(new CaptureInterface("eth0", 1)));
        for (int i = 0; i < FLOWS; i++) {
            FrameBuilder frame = FrameBuilder.ethernet().ipv4("192.0.2." + i, "198.51.100.1");
            boolean tcp = i % 2 == 0;
            frames[i] = (tcp ? frame.tcp(40_000, 443).flags("A") : frame.udp(40_000, i)).build();
        }
        send(WARM_UP_PACKETS);

        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        send(PACKETS);
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

        assertThat((double) allocated / PACKETS).isLessThan(4.0);
    }

    private void send(int packets) {
        for (int i = 0; i < packets; i++) {
            byte[] frame = frames[i % FLOWS];
            batcher.frame(0, timeNs, frame, 0, frame.length, frame.length);
            timeNs += 10_000;
        }
    }
}
