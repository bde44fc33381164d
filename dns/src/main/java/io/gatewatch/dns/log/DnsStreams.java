package io.gatewatch.dns.log;

import io.gatewatch.dns.stream.DnsStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Both directions of a TCP connection with DNS, as checkpoints keep them. Not thread safe. */
public final class DnsStreams {
    private final DnsStream fromA;
    private final DnsStream fromB;
    private long heardNs = Long.MIN_VALUE;

    DnsStreams() {
        this(new DnsStream(), new DnsStream());
    }

    private DnsStreams(DnsStream fromA, DnsStream fromB) {
        this.fromA = fromA;
        this.fromB = fromB;
    }

    DnsStream of(boolean b) {
        return b ? fromB : fromA;
    }

    /** Something of the connection came at a time. */
    public void heard(long timeNs) {
        heardNs = Math.max(heardNs, timeNs);
    }

    /** When something of it came last. */
    public long heardNs() {
        return heardNs;
    }

    /** Writes both; {@link #read} reads them. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(heardNs);
        fromA.write(out);
        fromB.write(out);
    }

    /** Reads what {@link #write} wrote. */
    public static DnsStreams read(DataInput in) throws IOException {
        long heardNs = in.readLong();
        DnsStream fromA = DnsStream.read(in);
        DnsStreams streams = new DnsStreams(fromA, DnsStream.read(in));
        streams.heardNs = heardNs;
        return streams;
    }
}
