package io.gatewatch.scenarios;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends datagrams at a steady rate, over several flows, and says how many: {@code UdpSource ADDRESS
 * PER_SECOND SECONDS}. Bounded in count and time.
 */
final class UdpSource {
    private static final int FLOWS = 64;
    private static final int PAYLOAD_BYTES = 64;
    private static final int DISCARD_PORT = 9;
    private static final long TICK_NS = 1_000_000;

    private UdpSource() {}

    public static void main(String[] arguments) throws IOException {
        InetSocketAddress target = new InetSocketAddress(arguments[0], DISCARD_PORT);
        long perSecond = Long.parseLong(arguments[1]);
        long total = perSecond * Long.parseLong(arguments[2]);
        DatagramChannel[] flows = new DatagramChannel[FLOWS];
        for (int i = 0; i < FLOWS; i++) {
            flows[i] = DatagramChannel.open().connect(target);
        }
        ByteBuffer payload = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
        long startNs = System.nanoTime();
        long sent = 0;
        while (sent < total) {
            long due = Math.min(total, (System.nanoTime() - startNs) * perSecond / 1_000_000_000L);
            for (; sent < due; sent++) {
                payload.rewind();
                // Nobody listens: the refusal that comes back surfaces as an error of a later
                // write.
                send(flows[(int) (sent % FLOWS)], payload);
            }
            LockSupport.parkNanos(TICK_NS);
        }
        System.out.println(sent);
    }

    private static void send(DatagramChannel flow, ByteBuffer payload) throws IOException {
        while (payload.hasRemaining()) {
            try {
                flow.write(payload);
            } catch (java.net.PortUnreachableException e) {
                payload.rewind();
            }
        }
    }
}
