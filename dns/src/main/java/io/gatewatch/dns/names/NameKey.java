package io.gatewatch.dns.names;

import io.gatewatch.traffic.flow.SharedStrings;
import io.gatewatch.wire.address.IpAddress;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What names are kept under. Immutable; parts instead of objects, because there are many. */
public sealed interface NameKey {
    /** The address that is named, for all clients of the site. */
    record OfAddress(String site, byte version, long high, long low) implements NameKey {
        static OfAddress of(String site, IpAddress address) {
            return new OfAddress(site, (byte) address.version(), address.high(), address.low());
        }

        @Override
        public int hashCode() {
            return Mix.end(Mix.add(Mix.add(site.hashCode() + version, high), low));
        }
    }

    /** The address, for one client. */
    record OfClient(
            String site,
            byte version,
            long high,
            long low,
            byte clientVersion,
            long clientHigh,
            long clientLow)
            implements NameKey {
        static OfClient of(OfAddress key, int clientVersion, long clientHigh, long clientLow) {
            return new OfClient(
                    key.site,
                    key.version,
                    key.high,
                    key.low,
                    (byte) clientVersion,
                    clientHigh,
                    clientLow);
        }

        @Override
        public int hashCode() {
            long mixed = Mix.add(Mix.add(site.hashCode() + version, high), low);
            return Mix.end(Mix.add(Mix.add(mixed + clientVersion, clientHigh), clientLow));
        }
    }

    /** No address: its one answer's time says what had to go because there was too much. */
    record Evicted() implements NameKey {}

    /** Writes a tag (1) and the parts in order; {@link #read} reads them. */
    default void write(DataOutput out) throws IOException {
        if (this instanceof OfAddress key) {
            out.writeByte(1);
            out.writeUTF(key.site);
            writeAddress(out, key.version, key.high, key.low);
        } else if (this instanceof OfClient key) {
            out.writeByte(2);
            out.writeUTF(key.site);
            writeAddress(out, key.version, key.high, key.low);
            writeAddress(out, key.clientVersion, key.clientHigh, key.clientLow);
        } else {
            out.writeByte(3);
        }
    }

    private static void writeAddress(DataOutput out, byte version, long high, long low)
            throws IOException {
        out.writeByte(version);
        out.writeLong(high);
        out.writeLong(low);
    }

    /** Reads what {@link #write} wrote. */
    static NameKey read(DataInput in) throws IOException {
        int tag = in.readUnsignedByte();
        if (tag == 3) {
            return new Evicted();
        }
        if (tag != 1 && tag != 2) {
            throw new IOException("key of names with tag " + tag);
        }
        OfAddress key =
                new OfAddress(SharedStrings.read(in), in.readByte(), in.readLong(), in.readLong());
        return tag == 1 ? key : OfClient.of(key, in.readByte(), in.readLong(), in.readLong());
    }

    /** Addresses are chosen by others: all bits go into all of a hash. */
    final class Mix {
        private Mix() {}

        static long add(long hash, long value) {
            long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
            return mixed ^ mixed >>> 29;
        }

        static int end(long hash) {
            return (int) (hash ^ hash >>> 32);
        }
    }
}
