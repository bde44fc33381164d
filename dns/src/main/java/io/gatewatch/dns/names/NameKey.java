package io.gatewatch.dns.names;

import io.gatewatch.wire.address.IpAddress;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What names are looked up by. Immutable; parts instead of objects, because there are many.
 *
 * @param anyClient the name holds for all clients of the site, and the client's parts are 0
 */
public record NameKey(
        String site,
        boolean anyClient,
        NameSource source,
        boolean ipv4,
        long clientHigh,
        long clientLow,
        long addressHigh,
        long addressLow) {

    private static final NameSource[] SOURCES = NameSource.values();

    static NameKey of(String site, IpAddress client, IpAddress address, NameSource source) {
        return new NameKey(
                site,
                client == null,
                source,
                address.version() == 4,
                client == null ? 0 : client.high(),
                client == null ? 0 : client.low(),
                address.high(),
                address.low());
    }

    /** Writes the parts in order; {@link #read} reads them. */
    public void write(DataOutput out) throws IOException {
        out.writeUTF(site);
        out.writeBoolean(anyClient);
        out.writeByte(source.ordinal());
        out.writeBoolean(ipv4);
        out.writeLong(clientHigh);
        out.writeLong(clientLow);
        out.writeLong(addressHigh);
        out.writeLong(addressLow);
    }

    /** Reads what {@link #write} wrote. */
    public static NameKey read(DataInput in) throws IOException {
        return new NameKey(
                in.readUTF(),
                in.readBoolean(),
                SOURCES[in.readUnsignedByte()],
                in.readBoolean(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    @Override
    public int hashCode() {
        long mixed = mix(site.hashCode(), addressLow);
        mixed = mix(mixed, clientLow);
        mixed = mix(mixed, addressHigh ^ clientHigh);
        return (int) (mixed ^ mixed >>> 32) + source.ordinal();
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }
}
