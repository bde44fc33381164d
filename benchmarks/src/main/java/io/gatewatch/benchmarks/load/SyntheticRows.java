package io.gatewatch.benchmarks.load;

import io.gatewatch.dns.log.DnsLogRow;
import io.gatewatch.dns.log.DnsTransport;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.SessionMachine;
import io.gatewatch.traffic.session.SessionOutput;
import io.gatewatch.traffic.session.SessionRow;
import io.gatewatch.traffic.session.SessionSettings;
import io.gatewatch.traffic.session.SessionState;
import io.gatewatch.traffic.session.SliceContext;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.WireFormatException;
import java.nio.ByteBuffer;

/**
 * Rows as the job writes them: a finished connection of {@value #PACKETS} packets as the session
 * machine has seen it, and an answer of DNS, each with other addresses and a later time in every
 * row. Not thread safe.
 */
public final class SyntheticRows {
    /** Of a session: what its packet list has. */
    public static final int PACKETS = 30;

    /** Ten thousand rows a second. */
    private static final long STEP_NS = 100_000;

    private static final long MILLISECOND_NS = 1_000_000;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
    private static final int ID_BYTES = 16;

    private final long startNs;
    private final SessionRow session = finished();

    /**
     * @param startNs when the first row begins
     */
    public SyntheticRows(long startNs) {
        this.startNs = startNs;
    }

    private static SessionRow finished() {
        SessionRow[] last = new SessionRow[1];
        SyntheticBatches batches =
                new SyntheticBatches(
                        new SyntheticBatches.Shape(PACKETS, PACKETS, 1, 1, 1_000_000),
                        (topic, partition, bytes, length, packets) -> {
                            if (packets > 0) {
                                last[0] = assemble(bytes, length);
                            }
                            return true;
                        });
        batches.live(1);
        batches.next();
        return last[0];
    }

    private static SessionRow assemble(byte[] bytes, int length) {
        Rows rows = new Rows();
        try {
            PacketBatch batch = new PacketBatch();
            batch.wrap(bytes, 0, length);
            batch.nextFlow();
            FlowBlock flow = batch.flow();
            FlowKey key = FlowKey.of(SyntheticFlow.SITE, flow.flow(), flow.flow().keyVlan);
            SliceContext slice = new SliceContext();
            slice.gateway = SyntheticFlow.SITE;
            SessionMachine machine = new SessionMachine(SessionSettings.defaults());
            SessionState state = machine.onFlow(key, null, flow, slice, rows);
            machine.onEventTime(key, state, Long.MAX_VALUE, rows);
        } catch (WireFormatException e) {
            throw new IllegalStateException(e);
        }
        return rows.last;
    }

    /** Keeps the last row. */
    private static final class Rows implements SessionOutput {
        SessionRow last;

        @Override
        public void emit(SessionRow row) {
            last = row;
        }

        @Override
        public void remind(SessionRow row) {}

        @Override
        public void wakeAtEventTime(long timeNs, long replacedNs) {}

        @Override
        public void cancelEventTime(long timeNs) {}

        @Override
        public void wakeAtProcessingTime(long timeMs) {}

        @Override
        public void cancelProcessingTime(long timeMs) {}
    }

    /** The row of a session, by number from 0. */
    public SessionRow session(long number) {
        SessionRow row = session.copy();
        row.startTimeNs = startNs + number * STEP_NS;
        row.endTimeNs = row.startTimeNs + (session.endTimeNs - session.startTimeNs);
        row.sessionId = id(row.startTimeNs, number);
        row.clientIp = address(10, number);
        row.serverIp = address(198, number % 5_000);
        row.clientPort = (int) (1_024 + number % 60_000);
        row.host = "host" + number % 5_000 + ".example.com";
        row.hostSource = "dns";
        row.hostAgeS = 1;
        row.hostTtlS = 300;
        return row;
    }

    /** An answer of DNS, by number from 0. */
    public DnsLogRow dns(long number) {
        DnsLogRow row = new DnsLogRow();
        row.timeNs = startNs + number * STEP_NS;
        row.dnsId = id(row.timeNs, number);
        row.site = SyntheticFlow.SITE;
        row.gateway = SyntheticFlow.SITE;
        row.clientMac = 0x0200_0000_0001L;
        row.clientIp = address(10, number);
        row.serverIp = address(198, 53);
        row.transport = DnsTransport.values()[0];
        row.transactionId = (int) (number & 0xFFFF);
        row.response = true;
        row.name = "host" + number % 5_000 + ".example.com";
        row.type = "A";
        row.rcode = 0;
        row.rdata = "198.51.100." + number % 250;
        row.ttl = 300;
        return row;
    }

    /** Time in milliseconds, then what looks like a hash. */
    private static byte[] id(long timeNs, long number) {
        return ByteBuffer.allocate(ID_BYTES)
                .putLong(((timeNs / MILLISECOND_NS) << 16) | ((number * MIX) >>> 48))
                .putLong((number + 1) * MIX)
                .array();
    }

    private static byte[] address(int first, long rest) {
        return new byte[] {(byte) first, (byte) (rest >>> 16), (byte) (rest >>> 8), (byte) rest};
    }
}
