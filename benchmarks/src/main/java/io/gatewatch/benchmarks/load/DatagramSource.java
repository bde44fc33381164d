package io.gatewatch.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends small datagrams over several flows at a steady rate, or as fast as it can where that is
 * less, and prints how many: {@code DatagramSource ADDRESS PER_SECOND SECONDS}. Bounded in time.
 */
public final class DatagramSource {
    private static final int FLOWS = 64;
    private static final int PAYLOAD_BYTES = 64;
    private static final int DISCARD_PORT = 9;
    private static final long TICK_NS = 1_000_000;
    private static final long SECOND_NS = 1_000_000_000L;

    private DatagramSource() {}

    public static void main(String[] arguments) throws IOException {
        InetSocketAddress target = new InetSocketAddress(arguments[0], DISCARD_PORT);
        long perSecond = Long.parseLong(arguments[1]);
        long spanNs = Long.parseLong(arguments[2]) * SECOND_NS;
        DatagramChannel[] flows = new DatagramChannel[FLOWS];
        for (int i = 0; i < FLOWS; i++) {
            flows[i] = DatagramChannel.open().connect(target);
        }
        ByteBuffer payload = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
        long startNs = System.nanoTime();
        long sent = 0;
        for (long nowNs = 0; nowNs < spanNs; nowNs = System.nanoTime() - startNs) {
            // Behind its rate it does not catch up for longer than a few ticks.
            long due = Math.min(nowNs * perSecond / SECOND_NS, sent + perSecond / 100);
            for (; sent < due; sent++) {
                payload.rewind();
                flows[(int) (sent % FLOWS)].write(payload);
            }
            LockSupport.parkNanos(TICK_NS);
        }
        System.out.println(sent);
    }
}
